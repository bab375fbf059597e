CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

CREATE TABLE "api_keys" (
    "id" BLOB NOT NULL CONSTRAINT "pk_api_keys" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BLOB NOT NULL,
    "prefix" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "expires_at" INTEGER NULL,
    "last_used_at" INTEGER NULL,
    "revoked_at" INTEGER NULL
);

CREATE TABLE "assets" (
    "id" BLOB NOT NULL CONSTRAINT "pk_assets" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "sha256" TEXT NOT NULL,
    "byte_count" INTEGER NOT NULL,
    "media_type" TEXT NOT NULL,
    "file_name" TEXT NULL,
    "width_px" INTEGER NOT NULL,
    "height_px" INTEGER NOT NULL,
    "orientation" INTEGER NOT NULL,
    "synthetic" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "withdrawn_at" INTEGER NULL
);

CREATE TABLE "audits" (
    "id" BLOB NOT NULL CONSTRAINT "pk_audits" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "population" INTEGER NOT NULL,
    "size" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "population_ids" BLOB NOT NULL,
    "created_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE TABLE "batches" (
    "id" BLOB NOT NULL CONSTRAINT "pk_batches" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "created_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    "imported" INTEGER NOT NULL,
    "repeated" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL
);

CREATE TABLE "compartments" (
    "id" BLOB NOT NULL CONSTRAINT "pk_compartments" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE TABLE "consensus" (
    "task_id" BLOB NOT NULL CONSTRAINT "pk_consensus" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "answers" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "confidence" REAL NOT NULL,
    "agreement" REAL NULL,
    "response_count" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL
);

CREATE TABLE "counters" (
    "project_id" BLOB NOT NULL CONSTRAINT "pk_counters" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "tasks" INTEGER NOT NULL,
    "open" INTEGER NOT NULL,
    "in_review" INTEGER NOT NULL,
    "done" INTEGER NOT NULL,
    "withdrawn" INTEGER NOT NULL,
    "responses" INTEGER NOT NULL,
    "skips" INTEGER NOT NULL,
    "gold_tasks" INTEGER NOT NULL,
    "audit_tasks" INTEGER NOT NULL,
    "agreement_sum" REAL NOT NULL,
    "agreement_count" INTEGER NOT NULL,
    "responses_at_fit" INTEGER NOT NULL,
    "last_response_at" INTEGER NULL
);

CREATE TABLE "data_protection_keys" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_data_protection_keys" PRIMARY KEY AUTOINCREMENT,
    "friendly_name" TEXT NOT NULL,
    "xml" TEXT NOT NULL
);

CREATE TABLE "drafts" (
    "lease_id" BLOB NOT NULL CONSTRAINT "pk_drafts" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL
);

CREATE TABLE "gold" (
    "task_id" BLOB NOT NULL CONSTRAINT "pk_gold" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "answers" TEXT NOT NULL,
    "created_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    "retired_at" INTEGER NULL
);

CREATE TABLE "gold_entries" (
    "task_id" BLOB NOT NULL,
    "epoch" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "project_id" BLOB NOT NULL,
    "organization_id" BLOB NOT NULL,
    "answers" TEXT NOT NULL,
    CONSTRAINT "pk_gold_entries" PRIMARY KEY ("task_id", "epoch", "sequence")
);

CREATE TABLE "idempotency_records" (
    "contributor_id" BLOB NOT NULL,
    "key" TEXT NOT NULL,
    "request_digest" BLOB NOT NULL,
    "status_code" INTEGER NULL,
    "body" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "pk_idempotency_records" PRIMARY KEY ("contributor_id", "key")
);

CREATE TABLE "import_faults" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_import_faults" PRIMARY KEY AUTOINCREMENT,
    "batch_id" BLOB NOT NULL,
    "organization_id" BLOB NOT NULL,
    "file" TEXT NULL,
    "line" INTEGER NULL,
    "reason" TEXT NOT NULL,
    "detail" TEXT NOT NULL
);

CREATE TABLE "jobs" (
    "id" BLOB NOT NULL CONSTRAINT "pk_jobs" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "project_id" BLOB NULL,
    "kind" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "state" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "leased_by" TEXT NULL,
    "leased_until" INTEGER NULL,
    "progress" REAL NOT NULL,
    "error" TEXT NULL,
    "created_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "version" INTEGER NOT NULL
);

CREATE TABLE "leases" (
    "id" BLOB NOT NULL CONSTRAINT "pk_leases" PRIMARY KEY,
    "token" BLOB NOT NULL,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "task_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    "purpose" INTEGER NOT NULL,
    "state" INTEGER NOT NULL,
    "handed_out" INTEGER NOT NULL,
    "issued_at" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "reason" TEXT NULL,
    "supersedes" BLOB NULL
);

CREATE TABLE "ontology_versions" (
    "project_id" BLOB NOT NULL,
    "number" INTEGER NOT NULL,
    "organization_id" BLOB NOT NULL,
    "json" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "created_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "pk_ontology_versions" PRIMARY KEY ("project_id", "number")
);

CREATE TABLE "organizations" (
    "id" BLOB NOT NULL CONSTRAINT "pk_organizations" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "version" INTEGER NOT NULL
);

CREATE TABLE "outbox" (
    "sequence" INTEGER NOT NULL CONSTRAINT "pk_outbox" PRIMARY KEY AUTOINCREMENT,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "kind" INTEGER NOT NULL,
    "organization_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "task_id" BLOB NULL,
    "contributor_id" BLOB NULL,
    "subject_id" BLOB NOT NULL,
    "purpose" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "at" INTEGER NOT NULL
);

CREATE TABLE "outbox_positions" (
    "consumer" TEXT NOT NULL CONSTRAINT "pk_outbox_positions" PRIMARY KEY,
    "epoch" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL
);

CREATE TABLE "people" (
    "id" BLOB NOT NULL CONSTRAINT "pk_people" PRIMARY KEY,
    "email" TEXT NULL,
    "display_name" TEXT NOT NULL,
    "password_hash" TEXT NULL,
    "security_stamp" TEXT NOT NULL,
    "failed_sign_ins" INTEGER NOT NULL,
    "locked_out_until" INTEGER NULL,
    "simulated" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "version" INTEGER NOT NULL
);

CREATE TABLE "policies" (
    "project_id" BLOB NOT NULL,
    "epoch" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "organization_id" BLOB NOT NULL,
    "overlap_min" INTEGER NOT NULL,
    "overlap_max" INTEGER NOT NULL,
    "overlap_confidence" REAL NOT NULL,
    "review" INTEGER NOT NULL,
    CONSTRAINT "pk_policies" PRIMARY KEY ("project_id", "epoch", "sequence")
);

CREATE TABLE "queue_cursors" (
    "project_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    "lane" INTEGER NOT NULL,
    "queue_number" INTEGER NOT NULL,
    CONSTRAINT "pk_queue_cursors" PRIMARY KEY ("project_id", "contributor_id", "lane")
);

CREATE TABLE "queue_tails" (
    "project_id" BLOB NOT NULL,
    "lane" INTEGER NOT NULL,
    "next" INTEGER NOT NULL,
    CONSTRAINT "pk_queue_tails" PRIMARY KEY ("project_id", "lane")
);

CREATE TABLE "releases" (
    "id" BLOB NOT NULL CONSTRAINT "pk_releases" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "number" INTEGER NOT NULL,
    "job_id" BLOB NOT NULL,
    "state" INTEGER NOT NULL,
    "digest" TEXT NULL,
    "manifest" TEXT NULL,
    "error" TEXT NULL,
    "created_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    "published_at" INTEGER NULL
);

CREATE TABLE "reliabilities" (
    "project_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    "organization_id" BLOB NOT NULL,
    "detail" TEXT NOT NULL,
    "responses" INTEGER NOT NULL,
    "skips" INTEGER NOT NULL,
    "gold_answered" INTEGER NOT NULL,
    "active_milliseconds" INTEGER NOT NULL,
    "last_response_at" INTEGER NULL,
    CONSTRAINT "pk_reliabilities" PRIMARY KEY ("project_id", "contributor_id")
);

CREATE TABLE "responses" (
    "id" BLOB NOT NULL CONSTRAINT "pk_responses" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "task_id" BLOB NOT NULL,
    "lease_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    "ontology_version" INTEGER NOT NULL,
    "answers" TEXT NOT NULL,
    "digest" BLOB NOT NULL,
    "active_milliseconds" INTEGER NOT NULL,
    "simulated" INTEGER NOT NULL,
    "supersedes" BLOB NULL,
    "submitted_at" INTEGER NOT NULL
);

CREATE TABLE "reviews" (
    "id" BLOB NOT NULL CONSTRAINT "pk_reviews" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "task_id" BLOB NOT NULL,
    "reviewer_id" BLOB NOT NULL,
    "lease_id" BLOB NULL,
    "decision" INTEGER NOT NULL,
    "answers" TEXT NULL,
    "basis" TEXT NULL,
    "sent_back" BLOB NULL,
    "comments" TEXT NULL,
    "supersedes" BLOB NULL,
    "simulated" INTEGER NOT NULL,
    "decided_at" INTEGER NOT NULL
);

CREATE TABLE "sign_in_links" (
    "id" BLOB NOT NULL CONSTRAINT "pk_sign_in_links" PRIMARY KEY,
    "hash" BLOB NOT NULL,
    "purpose" INTEGER NOT NULL,
    "organization_id" BLOB NULL,
    "contributor_id" BLOB NULL,
    "role" INTEGER NOT NULL,
    "display_name" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL,
    "used_at" INTEGER NULL
);

CREATE TABLE "tasks" (
    "id" BLOB NOT NULL CONSTRAINT "pk_tasks" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "batch_id" BLOB NOT NULL,
    "external_id" TEXT NULL,
    "asset_id" BLOB NULL,
    "inputs" TEXT NULL,
    "ontology_version" INTEGER NOT NULL,
    "purpose" INTEGER NOT NULL,
    "priority" INTEGER NOT NULL,
    "lane" INTEGER NOT NULL,
    "queue_number" INTEGER NOT NULL,
    "overlap" INTEGER NOT NULL,
    "open_slots" INTEGER NOT NULL,
    "response_count" INTEGER NOT NULL,
    "state" INTEGER NOT NULL,
    "confidence" REAL NULL,
    "audit_of" BLOB NULL,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "ck_tasks_open_slots" CHECK (open_slots >= 0)
);

CREATE TABLE "tombstones" (
    "id" BLOB NOT NULL CONSTRAINT "pk_tombstones" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" BLOB NOT NULL,
    "sha256" TEXT NULL,
    "reason" TEXT NOT NULL,
    "created_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE TABLE "clearances" (
    "compartment_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    "organization_id" BLOB NOT NULL,
    "granted_by" BLOB NOT NULL,
    "granted_at" INTEGER NOT NULL,
    CONSTRAINT "pk_clearances" PRIMARY KEY ("contributor_id", "compartment_id"),
    CONSTRAINT "fk_clearances_compartments_compartment_id" FOREIGN KEY ("compartment_id") REFERENCES "compartments" ("id") ON DELETE RESTRICT
);

CREATE TABLE "projects" (
    "id" BLOB NOT NULL CONSTRAINT "pk_projects" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "instructions" TEXT NOT NULL,
    "input_kind" TEXT NOT NULL,
    "ontology_version" INTEGER NOT NULL,
    "overlap_min" INTEGER NOT NULL,
    "overlap_max" INTEGER NOT NULL,
    "overlap_confidence" REAL NOT NULL,
    "gold_rate" REAL NOT NULL,
    "lease_minutes" INTEGER NOT NULL,
    "review" INTEGER NOT NULL,
    "audit_share" REAL NOT NULL,
    "state" INTEGER NOT NULL,
    "synthetic" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_projects_organizations_organization_id" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON DELETE RESTRICT
);

CREATE TABLE "contributors" (
    "id" BLOB NOT NULL CONSTRAINT "pk_contributors" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "person_id" BLOB NOT NULL,
    "role" INTEGER NOT NULL,
    "display_name" TEXT NOT NULL,
    "simulated" INTEGER NOT NULL,
    "suspended_at" INTEGER NULL,
    "created_at" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "fk_contributors_organizations_organization_id" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON DELETE RESTRICT,
    CONSTRAINT "fk_contributors_people_person_id" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE RESTRICT
);

CREATE INDEX "ix_api_keys_contributor_id" ON "api_keys" ("contributor_id");

CREATE UNIQUE INDEX "ix_api_keys_hash" ON "api_keys" ("hash");

CREATE UNIQUE INDEX "ix_assets_organization_id_compartment_id_sha256" ON "assets" ("organization_id", "compartment_id", "sha256");

CREATE INDEX "ix_audits_project_id" ON "audits" ("project_id");

CREATE INDEX "ix_batches_project_id" ON "batches" ("project_id");

CREATE INDEX "ix_clearances_compartment_id" ON "clearances" ("compartment_id");

CREATE UNIQUE INDEX "ix_compartments_organization_id_name" ON "compartments" ("organization_id", "name");

CREATE INDEX "ix_consensus_project_id" ON "consensus" ("project_id");

CREATE UNIQUE INDEX "ix_contributors_organization_id_person_id" ON "contributors" ("organization_id", "person_id");

CREATE INDEX "ix_contributors_person_id" ON "contributors" ("person_id");

CREATE INDEX "ix_gold_project_id" ON "gold" ("project_id");

CREATE INDEX "ix_gold_entries_project_id" ON "gold_entries" ("project_id");

CREATE INDEX "ix_import_faults_batch_id" ON "import_faults" ("batch_id");

CREATE INDEX "ix_jobs_organization_id_created_at" ON "jobs" ("organization_id", "created_at");

CREATE INDEX "ix_jobs_state_created_at" ON "jobs" ("state", "created_at");

CREATE UNIQUE INDEX "ix_leases_held" ON "leases" ("contributor_id", "project_id", "task_id") WHERE state = 0;

CREATE INDEX "ix_leases_live" ON "leases" ("expires_at") WHERE state = 0 AND expires_at IS NOT NULL;

CREATE UNIQUE INDEX "ix_leases_review" ON "leases" ("task_id") WHERE state = 0 AND purpose = 1;

CREATE INDEX "ix_leases_task_id_contributor_id" ON "leases" ("task_id", "contributor_id");

CREATE UNIQUE INDEX "ix_leases_token" ON "leases" ("token");

CREATE UNIQUE INDEX "ix_people_email" ON "people" ("email");

CREATE UNIQUE INDEX "ix_projects_organization_id_name" ON "projects" ("organization_id", "name");

CREATE UNIQUE INDEX "ix_releases_project_id_number" ON "releases" ("project_id", "number");

CREATE UNIQUE INDEX "ix_responses_independent" ON "responses" ("task_id", "contributor_id") WHERE supersedes IS NULL;

CREATE UNIQUE INDEX "ix_responses_lease_id" ON "responses" ("lease_id");

CREATE INDEX "ix_responses_project_id_id" ON "responses" ("project_id", "id");

CREATE UNIQUE INDEX "ix_responses_supersedes" ON "responses" ("supersedes") WHERE supersedes IS NOT NULL;

CREATE INDEX "ix_responses_task_id" ON "responses" ("task_id");

CREATE INDEX "ix_reviews_project_id_id" ON "reviews" ("project_id", "id");

CREATE UNIQUE INDEX "ix_reviews_supersedes" ON "reviews" ("supersedes") WHERE supersedes IS NOT NULL;

CREATE INDEX "ix_reviews_task_id" ON "reviews" ("task_id");

CREATE UNIQUE INDEX "ix_sign_in_links_hash" ON "sign_in_links" ("hash");

CREATE INDEX "ix_tasks_audit_of" ON "tasks" ("audit_of") WHERE audit_of IS NOT NULL;

CREATE UNIQUE INDEX "ix_tasks_project_id_external_id" ON "tasks" ("project_id", "external_id") WHERE external_id IS NOT NULL;

CREATE INDEX "ix_tasks_project_id_state_id" ON "tasks" ("project_id", "state", "id");

CREATE UNIQUE INDEX "ix_tasks_queue" ON "tasks" ("project_id", "lane", "queue_number") WHERE open_slots > 0;

CREATE INDEX "ix_tombstones_organization_id_sha256" ON "tombstones" ("organization_id", "sha256");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122073811_Initial', '10.0.14');

DROP INDEX "ix_consensus_project_id";

CREATE TABLE "project_days" (
    "project_id" BLOB NOT NULL,
    "day" INTEGER NOT NULL,
    "responses" INTEGER NOT NULL,
    "active_milliseconds" INTEGER NOT NULL,
    CONSTRAINT "pk_project_days" PRIMARY KEY ("project_id", "day")
);

CREATE TABLE "task_marks" (
    "project_id" BLOB NOT NULL,
    "mark" TEXT NOT NULL,
    "task_id" BLOB NOT NULL,
    CONSTRAINT "pk_task_marks" PRIMARY KEY ("project_id", "mark", "task_id")
);

CREATE INDEX "ix_reliabilities_contributor_id" ON "reliabilities" ("contributor_id");

CREATE INDEX "ix_consensus_project_id_agreement_task_id" ON "consensus" ("project_id", "agreement", "task_id");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122094532_AddTaskMarks', '10.0.14');

CREATE TABLE "returned_gold" (
    "project_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    "task_id" BLOB NOT NULL,
    "lane" INTEGER NOT NULL,
    "queue_number" INTEGER NOT NULL,
    "since" BLOB NOT NULL,
    CONSTRAINT "pk_returned_gold" PRIMARY KEY ("project_id", "contributor_id", "task_id")
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122113303_AddReturnedGold', '10.0.14');

ALTER TABLE "projects" ADD "audit_twice" REAL NOT NULL DEFAULT 0.0;

ALTER TABLE "projects" ADD "evaluation_tasks" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "projects" ADD "gold_rotate_after" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "projects" ADD "training_tasks" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "gold" ADD "explanation" TEXT NULL;

ALTER TABLE "audits" ADD "strata" TEXT NULL;

ALTER TABLE "audits" ADD "twice" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "bound_orders" (
    "id" BLOB NOT NULL CONSTRAINT "pk_bound_orders" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "terms" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "created_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "outcome" TEXT NULL
);

CREATE TABLE "contributor_standings" (
    "project_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    "organization_id" BLOB NOT NULL,
    "state" INTEGER NOT NULL,
    "training_left" INTEGER NOT NULL,
    "evaluation_left" INTEGER NOT NULL,
    "since" INTEGER NOT NULL,
    CONSTRAINT "pk_contributor_standings" PRIMARY KEY ("project_id", "contributor_id")
);

CREATE TABLE "instruction_examples" (
    "id" BLOB NOT NULL CONSTRAINT "pk_instruction_examples" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "task_id" BLOB NOT NULL,
    "review_id" BLOB NULL,
    "answers" TEXT NOT NULL,
    "caption" TEXT NOT NULL,
    "created_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    "removed_at" INTEGER NULL
);

CREATE TABLE "response_grades" (
    "response_id" BLOB NOT NULL CONSTRAINT "pk_response_grades" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "task_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    "basis" INTEGER NOT NULL,
    "right" REAL NOT NULL,
    "choices" INTEGER NOT NULL,
    "submitted_at" INTEGER NOT NULL
);

CREATE TABLE "standing_decisions" (
    "id" BLOB NOT NULL CONSTRAINT "pk_standing_decisions" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    "decided_by" BLOB NOT NULL,
    "choice" INTEGER NOT NULL,
    "note" TEXT NULL,
    "evidence" TEXT NOT NULL,
    "decided_at" INTEGER NOT NULL
);

CREATE TABLE "training_answers" (
    "id" BLOB NOT NULL CONSTRAINT "pk_training_answers" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "task_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    "answers" TEXT NOT NULL,
    "digest" BLOB NOT NULL,
    "score" REAL NOT NULL,
    "active_milliseconds" INTEGER NOT NULL,
    "simulated" INTEGER NOT NULL,
    "submitted_at" INTEGER NOT NULL
);

CREATE INDEX "ix_bound_orders_project_id_id" ON "bound_orders" ("project_id", "id");

CREATE INDEX "ix_instruction_examples_project_id_id" ON "instruction_examples" ("project_id", "id");

CREATE INDEX "ix_response_grades_project_id_contributor_id_response_id" ON "response_grades" ("project_id", "contributor_id", "response_id");

CREATE INDEX "ix_response_grades_project_id_response_id" ON "response_grades" ("project_id", "response_id");

CREATE INDEX "ix_response_grades_task_id" ON "response_grades" ("task_id");

CREATE INDEX "ix_standing_decisions_project_id_contributor_id_id" ON "standing_decisions" ("project_id", "contributor_id", "id");

CREATE INDEX "ix_training_answers_project_id_contributor_id_id" ON "training_answers" ("project_id", "contributor_id", "id");

CREATE INDEX "ix_training_answers_task_id" ON "training_answers" ("task_id");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122211018_AddQuality', '10.0.14');

CREATE TABLE "datasets" (
    "id" BLOB NOT NULL CONSTRAINT "pk_datasets" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "project_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "job_id" BLOB NULL,
    "plan" TEXT NULL,
    "survey" TEXT NULL,
    "imported" TEXT NULL,
    "created_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE TABLE "release_exports" (
    "id" BLOB NOT NULL CONSTRAINT "pk_release_exports" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "compartment_id" BLOB NOT NULL,
    "release_id" BLOB NOT NULL,
    "format" TEXT NOT NULL,
    "options" TEXT NOT NULL,
    "job_id" BLOB NOT NULL,
    "outcome" TEXT NULL,
    "created_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE INDEX "ix_datasets_project_id_id" ON "datasets" ("project_id", "id");

CREATE INDEX "ix_release_exports_release_id_id" ON "release_exports" ("release_id", "id");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123060538_AddDatasetsAndExports', '10.0.14');

ALTER TABLE "tasks" ADD "prelabel" TEXT NULL;

CREATE INDEX "ix_tasks_prelabelled" ON "tasks" ("project_id", "asset_id") WHERE prelabel IS NOT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123100533_AddPrelabels', '10.0.14');

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123101700_OrderExternalIdsByCodePoints', '10.0.14');

CREATE TABLE "corpora" (
    "id" BLOB NOT NULL CONSTRAINT "pk_corpora" PRIMARY KEY,
    "organization_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "finished_at" INTEGER NULL,
    "read_documents" INTEGER NOT NULL,
    "kept_documents" INTEGER NOT NULL,
    "read_words" INTEGER NOT NULL,
    "kept_words" INTEGER NOT NULL,
    "report" TEXT NOT NULL,
    "shared_by" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE UNIQUE INDEX "ix_corpora_organization_id_digest" ON "corpora" ("organization_id", "digest");

CREATE INDEX "ix_corpora_organization_id_id" ON "corpora" ("organization_id", "id");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123130156_AddCorpora', '10.0.14');

CREATE TABLE "imported_people" (
    "project_id" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "organization_id" BLOB NOT NULL,
    "contributor_id" BLOB NOT NULL,
    CONSTRAINT "pk_imported_people" PRIMARY KEY ("project_id", "name", "number")
);

CREATE UNIQUE INDEX "ix_imported_people_project_id_name_contributor_id" ON "imported_people" ("project_id", "name", "contributor_id");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123212530_AddImportedPeople', '10.0.14');

