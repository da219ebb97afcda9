-- name: sample_schema
create table PEOPLE (ID integer primary key, ADDRESS text, EMAIL text, PASSWORD text, NAME text, CITY text, LONGITUDE double precision, STATE text, SOURCE text, BIRTH_DATE date, ZIP text, LATITUDE double precision, CREATED_AT timestamp);
create table PRODUCTS (ID integer primary key, EAN text, TITLE text, CATEGORY text, VENDOR text, PRICE double precision, RATING double precision, CREATED_AT timestamp);
create table ORDERS (ID integer primary key, USER_ID integer references PEOPLE (ID), PRODUCT_ID integer references PRODUCTS (ID), SUBTOTAL double precision, TAX double precision, TOTAL double precision, DISCOUNT double precision, CREATED_AT timestamp, QUANTITY integer);
create table REVIEWS (ID integer primary key, PRODUCT_ID integer references PRODUCTS (ID), REVIEWER text, RATING integer, BODY text, CREATED_AT timestamp);
create table ACCOUNTS (ID integer primary key, EMAIL text, FIRST_NAME text, LAST_NAME text, PLAN text, SOURCE text, SEATS integer, CREATED_AT timestamp, TRIAL_ENDS_AT timestamp, CANCELED_AT timestamp, TRIAL_CONVERTED boolean, ACTIVE_SUBSCRIPTION boolean, LEGACY_PLAN boolean, LATITUDE double precision, LONGITUDE double precision, COUNTRY text);
create table ANALYTIC_EVENTS (ID integer primary key, ACCOUNT_ID integer references ACCOUNTS (ID), EVENT text, TIMESTAMP timestamp, PAGE_URL text, BUTTON_LABEL text);
create table FEEDBACK (ID integer primary key, ACCOUNT_ID integer references ACCOUNTS (ID), EMAIL text, DATE_RECEIVED timestamp, RATING integer, RATING_MAPPED text, BODY text);
create table INVOICES (ID integer primary key, ACCOUNT_ID integer references ACCOUNTS (ID), PAYMENT double precision, EXPECTED_INVOICE boolean, PLAN text, DATE_RECEIVED timestamp);

-- name: sample_indexes
create index ORDERS_USER_ID on ORDERS (USER_ID);
create index ORDERS_PRODUCT_ID on ORDERS (PRODUCT_ID);
create index REVIEWS_PRODUCT_ID on REVIEWS (PRODUCT_ID);
create index ANALYTIC_EVENTS_ACCOUNT_ID on ANALYTIC_EVENTS (ACCOUNT_ID);
create index INVOICES_ACCOUNT_ID on INVOICES (ACCOUNT_ID);
analyze;

-- name: sample_people
insert into PEOPLE values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: sample_product
insert into PRODUCTS values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: sample_order
insert into ORDERS values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: sample_review
insert into REVIEWS values ($1, $2, $3, $4, $5, $6);

-- name: sample_account
insert into ACCOUNTS values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: sample_event
insert into ANALYTIC_EVENTS values ($1, $2, $3, $4, $5, $6);

-- name: sample_feedback
insert into FEEDBACK values ($1, $2, $3, $4, $5, $6, $7);

-- name: sample_invoice
insert into INVOICES values ($1, $2, $3, $4, $5, $6);
