-- A source for the benchmark of the anonymizing copy: an appointment service with French text, enums,
-- arrays, jsonb, uuid, a generated column, foreign keys and some sixty indexes. Each value is a pure
-- function of the number of its row: the same scale gives the same rows.
--   psql -v scale=0.1 -f bench/etl-source.sql     1 is 11.4 million rows, 2.0 GB and 1.4 GB of indexes
\set ON_ERROR_STOP on
set client_min_messages = warning;
set synchronous_commit = off;
set maintenance_work_mem = '256MB';
set work_mem = '64MB';
select greatest(20, (:scale * 1000000)::int) as users, greatest(20, (:scale * 2000000)::int) as rdvs,
       greatest(20, (:scale * 2200000)::int) as agents_rdvs, greatest(20, (:scale * 2400000)::int) as participations,
       greatest(20, (:scale * 3000000)::int) as receipts, greatest(20, (:scale * 250000)::int) as versions,
       greatest(20, (:scale * 150000)::int) as calls, greatest(20, (:scale * 100000)::int) as files,
       greatest(20, (:scale * 150000)::int) as absences, greatest(20, (:scale * 90000)::int) as plages,
       greatest(20, (:scale * 20000)::int) as agents, greatest(20, (:scale * 2000)::int) as organisations,
       greatest(20, (:scale * 12000)::int) as motifs, greatest(20, (:scale * 6000)::int) as lieux,
       greatest(20, (:scale * 50000)::int) as jobs, greatest(20, (:scale * 5000)::int) as exports \gset
CREATE SCHEMA gen;
CREATE TYPE sms_provider AS ENUM ('netsize','send_in_blue','contact_experience','sfr_mail2sms','orange_contact_everyone');
CREATE TYPE verticale AS ENUM ('rdv_insertion','rdv_solidarites','rdv_aide_numerique','rdv_mairie');
CREATE TYPE location_type AS ENUM ('public_office','home','phone','visio');
CREATE TYPE lieu_availability AS ENUM ('enabled','disabled','single_use');
CREATE TYPE notif_level AS ENUM ('all','others','soon','none');
CREATE TYPE created_through AS ENUM ('unknown','agent_creation','user_sign_up','franceconnect_sign_up','agent_creation_api','prescripteur');
CREATE TYPE invited_through AS ENUM ('devise_email','external');
CREATE TYPE rdv_status AS ENUM ('unknown','seen','excused','revoked','noshow');
CREATE TYPE receipts_channel AS ENUM ('sms','mail','webhook');
CREATE TYPE receipts_result AS ENUM ('processed','sent','delivered','failure');
CREATE TYPE export_type AS ENUM ('rdv_export','participations_export');

CREATE TABLE schema_migrations (version varchar PRIMARY KEY);
CREATE TABLE ar_internal_metadata (key varchar PRIMARY KEY, value varchar, created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE territories (id bigserial PRIMARY KEY, departement_number varchar DEFAULT '' NOT NULL, name varchar, phone_number varchar,
  sms_provider sms_provider, sms_configuration varchar, enable_notes_field boolean DEFAULT false, created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE organisations (id bigserial PRIMARY KEY, territory_id bigint NOT NULL, name varchar, email varchar, phone_number varchar, horaires text,
  human_id varchar DEFAULT '' NOT NULL, website varchar, external_id varchar, verticale verticale DEFAULT 'rdv_solidarites' NOT NULL,
  created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE services (id bigserial PRIMARY KEY, name varchar NOT NULL, short_name varchar NOT NULL, created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE motifs (id bigserial PRIMARY KEY, organisation_id bigint NOT NULL, service_id bigint NOT NULL, name varchar, color varchar NOT NULL,
  default_duration_in_min int DEFAULT 30 NOT NULL, location_type location_type DEFAULT 'public_office' NOT NULL, collectif boolean DEFAULT false,
  visibility_type varchar DEFAULT 'visible_and_notified' NOT NULL, restriction_for_rdv text, instruction_for_rdv text, deleted_at timestamp(6),
  created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE lieux (id bigserial PRIMARY KEY, organisation_id bigint NOT NULL, name varchar, address varchar, latitude double precision, longitude double precision,
  phone_number varchar, phone_number_formatted varchar, availability lieu_availability NOT NULL, created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE agents (id bigserial PRIMARY KEY, email varchar DEFAULT '', encrypted_password varchar DEFAULT '' NOT NULL, reset_password_token varchar,
  unconfirmed_email varchar, first_name varchar, last_name varchar, uid varchar DEFAULT '', provider varchar DEFAULT 'email' NOT NULL, external_id varchar,
  calendar_uid varchar, tokens text, roles text[] DEFAULT '{}' NOT NULL, rdv_notifications_level notif_level DEFAULT 'others', last_sign_in_at timestamp(6),
  invitations_count int DEFAULT 0, deleted_at timestamp(6), created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE users (id bigserial PRIMARY KEY, first_name varchar NOT NULL, last_name varchar NOT NULL, birth_name varchar, birth_date date, email varchar,
  address varchar, address_details varchar, phone_number varchar, phone_number_formatted varchar, caisse_affiliation int, affiliation_number varchar,
  family_situation int, number_of_children int, city_code varchar, post_code varchar, city_name varchar, case_number varchar, notes text,
  encrypted_password varchar DEFAULT '' NOT NULL, invitation_token varchar, rdv_invitation_token varchar, responsible_id bigint,
  created_through created_through DEFAULT 'unknown' NOT NULL, invited_through invited_through DEFAULT 'devise_email',
  notify_by_sms boolean DEFAULT true, notify_by_email boolean DEFAULT true, logged_once_with_franceconnect boolean, invitations_count int DEFAULT 0,
  deleted_at timestamp(6), created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL,
  text_search_terms tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple'::regconfig, lower(coalesce(last_name, '')::text)), 'A') ||
    setweight(to_tsvector('simple'::regconfig, lower(coalesce(first_name, '')::text)), 'B') ||
    setweight(to_tsvector('simple'::regconfig, coalesce(email, '')::text), 'D') ||
    setweight(to_tsvector('simple'::regconfig, coalesce(phone_number_formatted, '')::text), 'D')) STORED);
CREATE TABLE rdvs (id bigserial PRIMARY KEY, uuid uuid NOT NULL, organisation_id bigint NOT NULL, motif_id bigint NOT NULL, lieu_id bigint,
  starts_at timestamp(6) NOT NULL, ends_at timestamp(6) NOT NULL, status rdv_status DEFAULT 'unknown' NOT NULL, context text, name varchar,
  max_participants_count int, users_count int DEFAULT 0, created_by_type varchar NOT NULL, created_by_id int, cancelled_at timestamp(6),
  created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE agents_rdvs (id bigserial PRIMARY KEY, agent_id bigint NOT NULL, rdv_id bigint NOT NULL, outlook_id text, outlook_create_in_progress boolean DEFAULT false NOT NULL);
CREATE TABLE participations (id bigserial PRIMARY KEY, rdv_id bigint NOT NULL, user_id bigint NOT NULL, status rdv_status DEFAULT 'unknown' NOT NULL,
  send_lifecycle_notifications boolean NOT NULL, send_reminder_notification boolean NOT NULL, invitation_token varchar, created_by_type varchar NOT NULL, created_by_id int,
  created_by_agent_prescripteur boolean DEFAULT false NOT NULL, invitations_count int DEFAULT 0, created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE receipts (id bigserial PRIMARY KEY, rdv_id bigint, user_id bigint NOT NULL, organisation_id bigint NOT NULL, event varchar NOT NULL,
  channel receipts_channel NOT NULL, result receipts_result NOT NULL, error_message varchar, sms_provider varchar, sms_count int, content varchar,
  sms_phone_number varchar, email_address varchar, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
CREATE TABLE file_attentes (id bigserial PRIMARY KEY, rdv_id bigint NOT NULL, user_id bigint NOT NULL, notifications_sent int DEFAULT 0, last_creneau_sent_at timestamp(6),
  created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE absences (id bigserial PRIMARY KEY, agent_id bigint NOT NULL, title varchar NOT NULL, first_day date NOT NULL, start_time time NOT NULL, end_day date NOT NULL,
  end_time time NOT NULL, recurrence text, expired_cached boolean DEFAULT false NOT NULL, recurrence_ends_at timestamp(6), created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE plage_ouvertures (id bigserial PRIMARY KEY, agent_id bigint NOT NULL, organisation_id bigint NOT NULL, lieu_id bigint, title varchar, first_day date NOT NULL,
  start_time time NOT NULL, end_time time NOT NULL, recurrence text, expired_cached boolean DEFAULT false, recurrence_ends_at timestamp(6),
  created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE webhook_endpoints (id bigserial PRIMARY KEY, organisation_id bigint NOT NULL, target_url varchar NOT NULL, secret varchar NOT NULL,
  subscriptions varchar[] DEFAULT '{rdv,absence,plage_ouverture}', created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
CREATE TABLE exports (id uuid PRIMARY KEY, agent_id bigint NOT NULL, export_type export_type NOT NULL, computed_at timestamptz, expires_at timestamptz NOT NULL,
  file_name varchar NOT NULL, organisation_ids jsonb NOT NULL, options jsonb, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
CREATE TABLE api_calls (id bigserial PRIMARY KEY, agent_id bigint NOT NULL, received_at timestamptz NOT NULL, raw_http jsonb NOT NULL, controller_name varchar NOT NULL, action_name varchar NOT NULL);
CREATE TABLE versions (id bigserial PRIMARY KEY, item_type varchar NOT NULL, item_id bigint NOT NULL, event varchar NOT NULL, whodunnit varchar, created_at timestamp(6), object_changes jsonb);
CREATE TABLE good_jobs (id uuid PRIMARY KEY, queue_name text, serialized_params jsonb, error text, created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);

-- deterministic helpers: h(row, salt) is a non-negative hash, p(array, row, salt) picks an element
CREATE FUNCTION gen.h(bigint, int) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql AS 'SELECT hashint8extended($1, $2) & 9223372036854775807';
CREATE FUNCTION gen.p(text[], bigint, int) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql AS 'SELECT $1[1 + (gen.h($2, $3) % cardinality($1))::int]';
CREATE FUNCTION gen.ts(bigint, int) RETURNS timestamp IMMUTABLE PARALLEL SAFE LANGUAGE sql
  AS $$SELECT timestamp '2020-01-01' + (gen.h($1, $2) % 151200000000) * interval '1 millisecond'$$;
CREATE FUNCTION gen.phone(bigint) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql
  AS $$SELECT to_char(600000000 + gen.h($1, 5) % 199999999, 'FM"0"000000000')$$;
CREATE FUNCTION gen.fn() RETURNS text[] IMMUTABLE LANGUAGE sql AS $$SELECT string_to_array('Jeanne Marie Zoé Chloé Léa Inès Aïcha Fatima Amélie Hélène Béatrice Françoise Noémie Maëlle Élodie Anaïs Jean-Pierre Jean Pierre Luc Loïc Gaël Théo Noé Raphaël Mohamed Karim Sébastien Frédéric François Jérôme Cédric Benoît Stéphane Rémi André Émile Yves Ibrahim Mamadou', ' ')$$;
CREATE FUNCTION gen.ln() RETURNS text[] IMMUTABLE LANGUAGE sql AS $$SELECT string_to_array('Martin,Bernard,Thomas,Petit,Robert,Richard,Durand,Dubois,Moreau,Laurent,Simon,Michel,Lefèvre,Leroy,Roux,David,Bertrand,Morel,Fournier,Girard,Bonnet,Dupont,Lambert,Fontaine,Rousseau,Vincent,Müller,Lefebvre,Faure,André,Mercier,Blanc,Guérin,Boyer,Garnier,Chevalier,François,Legrand,Gauthier,Garcia,Perrin,Robin,Clément,Morin,Nicolas,Henry,Roussel,Mathieu,Gautier,Masson,de La Tour,d''Hérouville,N''Diaye,Benali,El Amrani,Nguyễn,Da Silva,Özdemir', ',')$$;
CREATE FUNCTION gen.city() RETURNS text[] IMMUTABLE LANGUAGE sql AS $$SELECT string_to_array('Arras,Béthune,Lens,Calais,Boulogne-sur-Mer,Lille,Roubaix,Saint-Étienne,Besançon,Nîmes,Orléans,Évry-Courcouronnes,Créteil,Châlons-en-Champagne,Bourg-en-Bresse,Mâcon,Angoulême,La Rochelle,Mont-de-Marsan,Périgueux,Montreuil,Saint-Denis,L''Haÿ-les-Roses,Le Mans,Fort-de-France', ',')$$;
CREATE FUNCTION gen.street() RETURNS text[] IMMUTABLE LANGUAGE sql AS $$SELECT string_to_array('rue de la République,avenue du Général de Gaulle,place de l''Hôtel de Ville,rue des Écoles,boulevard Victor Hugo,impasse des Lilas,chemin de la Fontaine,allée des Cèdres,rue Émile Zola,quai de Seine,route de Saint-Omer,rue du Maréchal Foch', ',')$$;
CREATE FUNCTION gen.s() RETURNS text[] IMMUTABLE LANGUAGE sql AS $$SELECT ARRAY[
 'Usager en difficulté pour compléter son dossier RSA, à rappeler avant la fin du mois.',
 'Demande d''accompagnement numérique : création d''une adresse e-mail et d''un espace Ameli.',
 'Vient avec sa fille, parle peu français ; prévoir un interprète.',
 'Dossier MDPH incomplet — manque le certificat médical.', 'Enfant de 3 mois, suivi PMI, vaccins à jour.',
 'A déjà eu trois rendez-vous annulés cette année.', 'Souhaite être vu·e par la même assistante sociale.',
 'Violences conjugales évoquées au téléphone, ne pas laisser de message sur le répondeur.',
 'Impayés de loyer depuis février (environ 2 300 €), procédure d''expulsion en cours.',
 'Renouvellement de carte d''identité et passeport, deux enfants mineurs.', 'Rappel fait le matin, pas de réponse.',
 'Le bailleur s''appelle M. Delacroix, joignable au 03 21 00 11 22.', 'Hébergé chez un tiers, sans adresse stable.',
 'Orientation par la mission locale ; projet de formation d''aide-soignant.', 'RDV à domicile, digicode 48B12, 2ᵉ étage gauche.',
 'Grossesse suivie, terme prévu mi-avril.', 'Ne peut pas se déplacer avant 14 h (transport scolaire).',
 'Demande de FSL énergie, facture jointe au dossier.', 'Bénéficiaire AAH, tutrice Mme Lefèvre à prévenir.', 'RAS.']$$;
INSERT INTO schema_migrations SELECT (20190101000000 + i)::text FROM generate_series(1, 400) i;
INSERT INTO ar_internal_metadata VALUES ('environment', 'production', '2020-01-01', '2020-01-01');
INSERT INTO territories SELECT i, lpad(i::text, 2, '0'), 'Département ' || i, gen.phone(i), (enum_range(NULL::sms_provider))[1 + i % 5], 'clé-' || md5(i::text), i % 2 = 0, gen.ts(i, 1), gen.ts(i, 2) FROM generate_series(1, 101) i;
INSERT INTO services SELECT i, 'Service ' || i, 'S' || i, gen.ts(i, 1), gen.ts(i, 2) FROM generate_series(1, 20) i;
INSERT INTO organisations SELECT i, 1 + i % 101, 'MDS ' || gen.p(gen.city(), i, 1), CASE WHEN i % 3 > 0 THEN 'contact' || i || '@departement.fr' END, gen.phone(i), 'Du lundi au vendredi, 9h–17h', 'org-' || i, CASE WHEN i % 4 = 0 THEN 'https://www.exemple-' || i || '.fr' END, NULL, (enum_range(NULL::verticale))[1 + i % 4], gen.ts(i, 1), gen.ts(i, 2) FROM generate_series(1, :organisations) i;
INSERT INTO motifs SELECT i, 1 + i % :organisations, 1 + i % 20, 'Motif n° ' || i % 97, '#' || substr(md5(i::text), 1, 6), 15 * (1 + i % 4), (enum_range(NULL::location_type))[1 + i % 4], i % 11 = 0, 'visible_and_notified', gen.p(gen.s(), i, 3), gen.p(gen.s(), i, 4), CASE WHEN i % 9 = 0 THEN gen.ts(i, 3) END, gen.ts(i, 1), gen.ts(i, 2) FROM generate_series(1, :motifs) i;
INSERT INTO lieux SELECT i, 1 + i % :organisations, 'Maison des solidarités ' || gen.p(gen.city(), i, 1), (1 + i % 99) || ' ' || gen.p(gen.street(), i, 2) || ', ' || gen.p(gen.city(), i, 1), 43 + (gen.h(i, 3) % 80000) / 10000.0, -1 + (gen.h(i, 4) % 80000) / 10000.0, gen.phone(i), '+33' || substr(gen.phone(i), 2), (enum_range(NULL::lieu_availability))[1 + i % 3], gen.ts(i, 1), gen.ts(i, 2) FROM generate_series(1, :lieux) i;
INSERT INTO agents SELECT i, 'agent' || i || '@departement.fr', '$2a$11$' || md5(i::text) || substr(md5((i + 1)::text), 1, 21), NULL, CASE WHEN i % 50 = 0 THEN 'new' || i || '@departement.fr' END, gen.p(gen.fn(), i, 1), gen.p(gen.ln(), i, 2), 'agent' || i || '@departement.fr', 'email', CASE WHEN i % 5 = 0 THEN 'ext-' || i END, md5((i * 3)::text)::uuid::text, CASE WHEN i % 7 = 0 THEN '{"tok":"' || md5(i::text) || '"}' END, CASE WHEN i % 2 = 0 THEN '{basic}' ELSE '{admin,"référent·e"}' END::text[], (enum_range(NULL::notif_level))[1 + i % 4], gen.ts(i, 3), i % 4, NULL, gen.ts(i, 1), gen.ts(i, 2) FROM generate_series(1, :agents) i;
INSERT INTO webhook_endpoints SELECT i, 1 + i % :organisations, 'https://hooks.exemple.fr/' || i, md5(i::text), CASE WHEN i % 3 = 0 THEN '{rdv}' ELSE '{rdv,user,absence}' END::varchar[], gen.ts(i, 1), gen.ts(i, 2) FROM generate_series(1, :organisations) i;
INSERT INTO exports SELECT md5(i::text)::uuid, 1 + i % :agents, (enum_range(NULL::export_type))[1 + i % 2], gen.ts(i, 3), gen.ts(i, 4), 'export-rdv-' || i || '.xls', jsonb_build_array(i % 100, i % 77), jsonb_build_object('start', gen.ts(i, 1), 'status', gen.p('{seen,noshow}', i, 2)), gen.ts(i, 1), gen.ts(i, 2) FROM generate_series(1, :exports) i;
INSERT INTO receipts SELECT i, CASE WHEN i % 40 > 0 THEN 1 + gen.h(i, 1) % :rdvs END, 1 + gen.h(i, 2) % :users, 1 + gen.h(i, 3) % :organisations, gen.p('{rdv_created,rdv_updated,rdv_cancelled,rdv_upcoming_reminder,invitation}', i, 4), (enum_range(NULL::receipts_channel))[1 + (gen.h(i, 5) % 20 / 9)::int], (enum_range(NULL::receipts_result))[1 + (gen.h(i, 6) % 4)::int], CASE WHEN i % 33 = 0 THEN 'Numéro invalide : ' || gen.phone(gen.h(i, 2)) END, CASE WHEN gen.h(i, 5) % 20 < 9 THEN gen.p('{netsize,send_in_blue,sfr_mail2sms}', i, 7) END, CASE WHEN gen.h(i, 5) % 20 < 9 THEN 1 + (i % 3)::int END,
 CASE WHEN gen.h(i, 5) % 20 < 9 THEN 'RDV ' || gen.p(gen.s(), i, 8) || ' le ' || to_char(gen.ts(i, 9), 'DD/MM/YYYY à HH24hMI') || ' ' || gen.p(gen.city(), i, 10) || '. Infos et annulation : https://rdv.exemple.fr/r/' || (i % 999983) || ' / ' || gen.phone(i) END,
 CASE WHEN gen.h(i, 5) % 20 < 9 THEN '+33' || substr(gen.phone(gen.h(i, 2)), 2) END, CASE WHEN gen.h(i, 5) % 20 BETWEEN 9 AND 17 THEN lower(gen.p(gen.fn(), i, 11)) || (i % 9973) || '@exemple.net' END, gen.ts(i, 12), gen.ts(i, 12) + interval '3 s' FROM generate_series(1, :receipts::bigint) i;
INSERT INTO users SELECT i, gen.p(gen.fn(), i, 1), gen.p(gen.ln(), i, 2), CASE WHEN i % 3 = 0 THEN gen.p(gen.ln(), i, 3) END, CASE WHEN i % 10 < 9 THEN date '1935-01-01' + (gen.h(i, 4) % 30000)::int END, CASE WHEN i % 10 < 6 THEN lower(translate(gen.p(gen.fn(), i, 1), 'éèëïôîÉ', 'eeeioiE')) || '.' || i || gen.p('{@exemple.fr,@courriel.net,@poste.example}', i, 5) WHEN i % 10 = 6 THEN '' END,
 CASE WHEN i % 8 < 7 THEN (1 + gen.h(i, 6) % 240) || ' ' || gen.p(gen.street(), i, 7) || ', ' || lpad((gen.h(i, 8) % 95000)::text, 5, '0') || ' ' || gen.p(gen.city(), i, 9) END, CASE WHEN i % 6 = 0 THEN 'Bâtiment ' || chr(65 + (i % 6)::int) || E', porte\t' || i % 40 END, CASE WHEN i % 10 < 8 THEN regexp_replace(gen.phone(i), '(..)(?=.)', '\1 ', 'g') END, CASE WHEN i % 10 < 8 THEN '+33' || substr(gen.phone(i), 2) END, (i % 4)::int, CASE WHEN i % 4 = 0 THEN (gen.h(i, 10) % 10000000000000)::text END, (i % 5)::int, (gen.h(i, 11) % 6)::int, lpad((gen.h(i, 8) % 95000)::text, 5, '0'), lpad((gen.h(i, 8) % 95000)::text, 5, '0'), gen.p(gen.city(), i, 9), CASE WHEN i % 12 = 0 THEN 'D-' || i END,
 CASE WHEN i % 4 = 0 THEN gen.p(gen.s(), i, 12) || E'\n' || gen.p(gen.s(), i, 13) WHEN i % 4 = 1 THEN '' END, CASE WHEN i % 5 < 2 THEN '$2a$11$' || md5(i::text) || substr(md5((i + 1)::text), 1, 21) ELSE '' END, CASE WHEN i % 15 = 0 THEN md5((i * 5)::text) END, CASE WHEN i % 3 = 0 THEN upper(substr(md5((i * 7)::text), 1, 20)) END, CASE WHEN i % 20 = 0 THEN greatest(1, i - 1) END, (enum_range(NULL::created_through))[1 + (gen.h(i, 14) % 6)::int], (enum_range(NULL::invited_through))[1 + (i % 2)::int], i % 9 > 0, i % 7 > 0, CASE WHEN i % 6 = 0 THEN true END, (i % 3)::int, CASE WHEN i % 40 = 0 THEN gen.ts(i, 15) END, gen.ts(i, 16), gen.ts(i, 17) FROM generate_series(1, :users::bigint) i;
INSERT INTO rdvs SELECT i, md5(i::text)::uuid, 1 + gen.h(i, 1) % :organisations, 1 + gen.h(i, 2) % :motifs, CASE WHEN i % 3 > 0 THEN 1 + gen.h(i, 3) % :lieux END, gen.ts(i, 4), gen.ts(i, 4) + interval '30 min', (enum_range(NULL::rdv_status))[1 + (gen.h(i, 5) % 5)::int],
 CASE WHEN i % 10 < 4 THEN gen.p(gen.s(), i, 6) || CASE WHEN i % 2 = 0 THEN E'\n' ELSE ' ' END || gen.p(gen.s(), i, 7) || CASE WHEN i % 20 = 0 THEN E'\\voir C:\\dossiers\\' || i ELSE '' END WHEN i % 10 = 4 THEN '' END, CASE WHEN i % 50 = 0 THEN 'Atelier ' || gen.p(gen.ln(), i, 8) END, CASE WHEN i % 50 = 0 THEN 12 END, (1 + i % 2)::int, gen.p('{Agent,User,Prescripteur}', i, 9), (1 + gen.h(i, 10) % :agents)::int, CASE WHEN gen.h(i, 5) % 5 IN (2, 3) THEN gen.ts(i, 11) END, gen.ts(i, 11), gen.ts(i, 12) FROM generate_series(1, :rdvs::bigint) i;
INSERT INTO participations SELECT i, 1 + (i - 1) % :rdvs, 1 + gen.h(i, 1) % :users, (enum_range(NULL::rdv_status))[1 + (gen.h(i, 2) % 5)::int], i % 4 > 0, i % 5 > 0, CASE WHEN i % 3 > 0 THEN upper(substr(md5((i * 11)::text), 1, 24)) END, gen.p('{Agent,User}', i, 3), (1 + gen.h(i, 4) % :agents)::int, i % 30 = 0, 0, gen.ts(i, 5), gen.ts(i, 6) FROM generate_series(1, :participations::bigint) i;
INSERT INTO agents_rdvs SELECT i, 1 + gen.h(i, 1) % :agents, 1 + (i - 1) % :rdvs, CASE WHEN i % 16 = 0 THEN md5(i::text) || md5((i + 1)::text) END, false FROM generate_series(1, :agents_rdvs::bigint) i;
INSERT INTO file_attentes SELECT i, i, 1 + gen.h(i, 1) % :users, (i % 3)::int, CASE WHEN i % 2 = 0 THEN gen.ts(i, 2) END, gen.ts(i, 3), gen.ts(i, 4) FROM generate_series(1, least(:files, :rdvs)::bigint) i;
INSERT INTO absences SELECT i, 1 + gen.h(i, 1) % :agents, gen.p('{Congés,Formation,"RDV médical perso","Réunion d''équipe",RTT}', i, 2) || ' ' || gen.p(gen.ln(), i, 3), gen.ts(i, 4)::date, '08:30', gen.ts(i, 4)::date + 1, '17:00', CASE WHEN i % 8 = 0 THEN '{"every":"week","interval":1}' END, i % 2 = 0, CASE WHEN i % 8 = 0 THEN gen.ts(i, 4) + interval '90 d' END, gen.ts(i, 5), gen.ts(i, 6) FROM generate_series(1, :absences::bigint) i;
INSERT INTO plage_ouvertures SELECT i, 1 + gen.h(i, 1) % :agents, 1 + gen.h(i, 2) % :organisations, CASE WHEN i % 4 > 0 THEN 1 + gen.h(i, 3) % :lieux END, 'Permanence ' || gen.p(gen.fn(), i, 4) || ' ' || gen.p(gen.ln(), i, 5), gen.ts(i, 6)::date, '09:00', '12:00', CASE WHEN i % 2 = 0 THEN '{"every":"week","on":["monday","thursday"]}' END, i % 3 = 0, NULL, gen.ts(i, 7), gen.ts(i, 8) FROM generate_series(1, :plages::bigint) i;
INSERT INTO versions SELECT i, gen.p('{Rdv,User,Participation}', i, 1), 1 + gen.h(i, 2) % :rdvs, gen.p('{create,update,destroy}', i, 3), '[Agent] ' || gen.p(gen.fn(), i, 4) || ' ' || gen.p(gen.ln(), i, 5), gen.ts(i, 6), jsonb_build_object('first_name', jsonb_build_array(NULL, gen.p(gen.fn(), i, 7)), 'notes', jsonb_build_array(gen.p(gen.s(), i, 8), gen.p(gen.s(), i, 9)), 'updated_at', jsonb_build_array(gen.ts(i, 10), gen.ts(i, 11))) FROM generate_series(1, :versions::bigint) i;
INSERT INTO good_jobs SELECT md5((i * 13)::text)::uuid, 'mailers', jsonb_build_object('job_class', 'RdvMailer', 'arguments', jsonb_build_array('rdv_created', i, gen.p(gen.fn(), i, 1) || '@exemple.fr')), NULL, gen.ts(i, 2), gen.ts(i, 3) FROM generate_series(1, :jobs::bigint) i;
INSERT INTO api_calls SELECT i, 1 + gen.h(i, 1) % :agents, gen.ts(i, 2), jsonb_build_object('request', jsonb_build_object('method', 'POST', 'path', '/api/v1/users/' || i, 'headers', jsonb_build_object('uid', 'agent' || i % 999 || '@departement.fr', 'access-token', md5(i::text), 'user-agent', 'Mozilla/5.0 (X11; Linux x86_64)'), 'body', jsonb_build_object('first_name', gen.p(gen.fn(), i, 3), 'last_name', gen.p(gen.ln(), i, 4), 'notes', gen.p(gen.s(), i, 5), 'phone', gen.phone(i))), 'response', jsonb_build_object('status', 200, 'id', i)), 'users', 'create' FROM generate_series(1, :calls::bigint) i;
CREATE INDEX ON receipts (user_id);
CREATE INDEX ON receipts (rdv_id);
CREATE INDEX ON receipts (organisation_id);
CREATE INDEX ON receipts (created_at);
CREATE INDEX ON receipts (channel); CREATE INDEX ON receipts (result); CREATE INDEX ON receipts (event);
CREATE INDEX ON users (first_name); CREATE INDEX ON users (last_name); CREATE INDEX ON users (birth_date); CREATE INDEX ON users (phone_number_formatted);
CREATE INDEX ON users USING gin (text_search_terms);
CREATE UNIQUE INDEX ON users (invitation_token); CREATE UNIQUE INDEX ON users (rdv_invitation_token); CREATE INDEX ON users (responsible_id); CREATE INDEX ON users (created_through);
CREATE INDEX ON rdvs (starts_at); CREATE INDEX ON rdvs (ends_at); CREATE INDEX ON rdvs (uuid);
CREATE INDEX ON rdvs (motif_id); CREATE INDEX ON rdvs (lieu_id); CREATE INDEX ON rdvs (organisation_id);
CREATE INDEX ON rdvs (status); CREATE INDEX ON rdvs (updated_at); CREATE INDEX ON rdvs (created_by_type, created_by_id); CREATE INDEX ON rdvs (users_count);
CREATE INDEX ON rdvs USING gist (tsrange(starts_at, ends_at, '[)'));
CREATE INDEX ON participations (user_id); CREATE INDEX ON participations (status); CREATE INDEX ON participations (created_by_type, created_by_id);
CREATE INDEX ON participations (rdv_id); CREATE UNIQUE INDEX ON participations (invitation_token);
CREATE INDEX ON agents_rdvs (agent_id); CREATE INDEX ON agents_rdvs (rdv_id);
CREATE UNIQUE INDEX ON file_attentes (rdv_id, user_id); CREATE INDEX ON file_attentes (user_id);
CREATE INDEX ON absences (agent_id); CREATE INDEX ON absences (updated_at); CREATE INDEX ON absences (first_day); CREATE INDEX ON absences (recurrence) WHERE recurrence IS NOT NULL;
CREATE INDEX ON absences USING gist (tsrange(first_day::timestamp, recurrence_ends_at, '[]'));
CREATE INDEX ON plage_ouvertures (agent_id); CREATE INDEX ON plage_ouvertures (organisation_id); CREATE INDEX ON plage_ouvertures (lieu_id);
CREATE UNIQUE INDEX ON agents (email) WHERE email IS NOT NULL; CREATE UNIQUE INDEX ON agents (uid, provider) WHERE uid IS NOT NULL; CREATE UNIQUE INDEX ON agents (calendar_uid); CREATE INDEX ON agents (last_name);
CREATE INDEX ON motifs (organisation_id); CREATE INDEX ON motifs (service_id); CREATE INDEX ON motifs (deleted_at); CREATE INDEX ON lieux (organisation_id); CREATE INDEX ON organisations (territory_id);
CREATE UNIQUE INDEX ON services (lower(name)); CREATE UNIQUE INDEX ON webhook_endpoints (organisation_id, target_url); CREATE INDEX ON exports (agent_id); CREATE INDEX ON exports (expires_at);
CREATE INDEX ON versions (item_type, item_id); CREATE INDEX ON good_jobs (created_at);
CREATE UNIQUE INDEX users_email_uniq ON users (email) WHERE email <> '';
ALTER TABLE organisations ADD FOREIGN KEY (territory_id) REFERENCES territories;
ALTER TABLE motifs ADD FOREIGN KEY (organisation_id) REFERENCES organisations, ADD FOREIGN KEY (service_id) REFERENCES services;
ALTER TABLE lieux ADD FOREIGN KEY (organisation_id) REFERENCES organisations;
ALTER TABLE users ADD FOREIGN KEY (responsible_id) REFERENCES users;
ALTER TABLE rdvs ADD FOREIGN KEY (organisation_id) REFERENCES organisations, ADD FOREIGN KEY (motif_id) REFERENCES motifs, ADD FOREIGN KEY (lieu_id) REFERENCES lieux;
ALTER TABLE agents_rdvs ADD FOREIGN KEY (agent_id) REFERENCES agents, ADD FOREIGN KEY (rdv_id) REFERENCES rdvs;
ALTER TABLE participations ADD FOREIGN KEY (rdv_id) REFERENCES rdvs, ADD FOREIGN KEY (user_id) REFERENCES users;
ALTER TABLE receipts ADD FOREIGN KEY (rdv_id) REFERENCES rdvs, ADD FOREIGN KEY (user_id) REFERENCES users, ADD FOREIGN KEY (organisation_id) REFERENCES organisations;
ALTER TABLE file_attentes ADD FOREIGN KEY (rdv_id) REFERENCES rdvs, ADD FOREIGN KEY (user_id) REFERENCES users;
ALTER TABLE absences ADD FOREIGN KEY (agent_id) REFERENCES agents;
ALTER TABLE plage_ouvertures ADD FOREIGN KEY (agent_id) REFERENCES agents, ADD FOREIGN KEY (organisation_id) REFERENCES organisations, ADD FOREIGN KEY (lieu_id) REFERENCES lieux;
ALTER TABLE webhook_endpoints ADD FOREIGN KEY (organisation_id) REFERENCES organisations;
ALTER TABLE exports ADD FOREIGN KEY (agent_id) REFERENCES agents;
ALTER TABLE api_calls ADD FOREIGN KEY (agent_id) REFERENCES agents;
DROP SCHEMA gen CASCADE;
DO $$ DECLARE r record; m bigint; BEGIN
  FOR r IN SELECT c.oid::regclass t FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public' AND relkind = 'r'
           AND pg_get_serial_sequence(c.oid::regclass::text, (SELECT attname FROM pg_attribute WHERE attrelid = c.oid AND attnum = 1)) IS NOT NULL
  LOOP EXECUTE format('SELECT max(id) FROM %s', r.t) INTO m; PERFORM setval(pg_get_serial_sequence(r.t::text, 'id'), coalesce(m, 1)); END LOOP; END $$;
VACUUM (FREEZE, ANALYZE);
CHECKPOINT;
