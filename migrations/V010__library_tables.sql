-- Tables of Spring Session JDBC and db-scheduler, as their documentation gives them for MySQL.
CREATE TABLE SPRING_SESSION (
    PRIMARY_ID            CHAR(36) NOT NULL,
    SESSION_ID            CHAR(36) NOT NULL,
    CREATION_TIME         BIGINT   NOT NULL,
    LAST_ACCESS_TIME      BIGINT   NOT NULL,
    MAX_INACTIVE_INTERVAL INT      NOT NULL,
    EXPIRY_TIME           BIGINT   NOT NULL,
    PRINCIPAL_NAME        VARCHAR(100),
    CONSTRAINT SPRING_SESSION_PK PRIMARY KEY (PRIMARY_ID),
    UNIQUE INDEX SPRING_SESSION_IX1 (SESSION_ID),
    INDEX SPRING_SESSION_IX2 (EXPIRY_TIME),
    INDEX SPRING_SESSION_IX3 (PRINCIPAL_NAME)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

CREATE TABLE SPRING_SESSION_ATTRIBUTES (
    SESSION_PRIMARY_ID CHAR(36)     NOT NULL,
    ATTRIBUTE_NAME     VARCHAR(200) NOT NULL,
    ATTRIBUTE_BYTES    BLOB         NOT NULL,
    CONSTRAINT SPRING_SESSION_ATTRIBUTES_PK PRIMARY KEY (SESSION_PRIMARY_ID, ATTRIBUTE_NAME),
    CONSTRAINT SPRING_SESSION_ATTRIBUTES_FK FOREIGN KEY (SESSION_PRIMARY_ID) REFERENCES SPRING_SESSION (PRIMARY_ID) ON DELETE CASCADE
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

CREATE TABLE scheduled_tasks (
    task_name            varchar(100) NOT NULL,
    task_instance        varchar(100) NOT NULL,
    task_data            blob,
    execution_time       timestamp(6) NOT NULL,
    picked               boolean      NOT NULL,
    picked_by            varchar(50),
    last_success         timestamp(6) NULL,
    last_failure         timestamp(6) NULL,
    consecutive_failures int,
    last_heartbeat       timestamp(6) NULL,
    version              bigint       NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance),
    INDEX execution_time_idx (execution_time),
    INDEX last_heartbeat_idx (last_heartbeat),
    INDEX priority_execution_time_idx (priority DESC, execution_time ASC)
);

-- Work that kept failing: taken out of the queue with its reason, so that it blocks nothing, until somebody tries it again.
CREATE TABLE set_aside_job (
    task_name     varchar(100) NOT NULL,
    task_instance varchar(100) NOT NULL,
    tenant_id     bigint       NULL,
    task_data     blob         NULL,
    reason        varchar(500) NOT NULL,
    reference     varchar(20)  NOT NULL,
    failures      int          NOT NULL,
    set_aside_at  datetime(6)  NOT NULL,
    PRIMARY KEY (task_name, task_instance)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
