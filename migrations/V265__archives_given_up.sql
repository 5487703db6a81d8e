-- Bringing an archive in can be given up by whoever could bring it. That stays written down beside what went out and came in.
ALTER TABLE issuer_archive
    MODIFY way varchar(10) NOT NULL COMMENT 'OUT, IN, GIVEN_UP',
    MODIFY permitted_at datetime(6) NOT NULL COMMENT 'confirmed, brought in, or given up';

ALTER TABLE archive_arrival
    MODIFY state varchar(20) NOT NULL COMMENT 'RECEIVING, CHECKING, ARRIVING, DONE, REFUSED, LOST, GIVEN_UP';
