-- Addresses of before, of an installation that moved: what was signed under one names it for ever.
CREATE TABLE former_public_url (
    url     varchar(300) NOT NULL,
    left_at datetime(6)  NOT NULL,
    PRIMARY KEY (url)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A list, and each credential that has a place in it, is signed under one address, whatever the installation is called later.
ALTER TABLE status_list ADD COLUMN public_url varchar(300) NOT NULL DEFAULT '' COMMENT 'under which it is signed';

UPDATE status_list SET public_url = (SELECT value FROM installation WHERE name = 'public-url');

ALTER TABLE status_list ALTER COLUMN public_url DROP DEFAULT;
