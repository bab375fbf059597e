// Written by "npm run generate" from tests/Touchstone.Server.Tests/openapi.approved.json. Do not edit.

export interface paths {
    "/api/v1/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Assets that you may see; with ?sha256= the one with these bytes, with ?project= those that its tasks could use.
         * @description For managers and above.
         */
        get: operations["ListAssets"];
        put?: never;
        /**
         * Takes a file as the body. The same bytes again give the same asset (200 instead of 201).
         * @description For managers and above.
         */
        post: operations["UploadAsset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assets/{assetId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is known of an asset.
         * @description For managers and above.
         */
        get: operations["GetAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assets/{assetId}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its bytes, whole or a range.
         * @description For managers and above.
         */
        get: operations["GetAssetContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assets/{assetId}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Removes an asset's bytes for good and leaves a tombstone; its tasks are handed out no more, and the same bytes are not taken again.
         * @description For managers and above.
         */
        put: operations["WithdrawAsset"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audits/{auditId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For managers and above. */
        get: operations["GetAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batchId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One import.
         * @description For managers and above.
         */
        get: operations["GetBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batchId}/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an import refused, and why; at most the first 10,000 of each request are kept.
         * @description For managers and above.
         */
        get: operations["ListBatchFaults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compartments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An owner sees all compartments, a manager those that they are cleared for.
         * @description For managers and above.
         */
        get: operations["ListCompartments"];
        put?: never;
        /**
         * Makes a fence that only cleared people see behind. Nobody is cleared by it, not even its maker.
         * @description For owners.
         */
        post: operations["CreateCompartment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compartments/{compartmentId}/clearances/{contributorId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Lets a contributor see a compartment.
         * @description For owners.
         */
        put: operations["GrantClearance"];
        post?: never;
        /**
         * Takes that back, at once.
         * @description For owners.
         */
        delete: operations["RevokeClearance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contributors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everybody in the organization.
         * @description For managers and above.
         */
        get: operations["ListContributors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contributors/{contributorId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One contributor; the ETag is what a change of role names.
         * @description For managers and above.
         */
        get: operations["GetContributor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contributors/{contributorId}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Gives a contributor another role. Managers govern below manager, owners everybody.
         * @description For managers and above.
         */
        put: operations["ChangeRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contributors/{contributorId}/sign_in_links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a one-time link that signs a contributor in, for somebody who forgot their password.
         * @description For managers and above.
         */
        post: operations["CreateSignInLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contributors/{contributorId}/suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Shuts a contributor out at once: sessions, keys and work. What they did stays.
         * @description For managers and above.
         */
        put: operations["Suspend"];
        post?: never;
        /**
         * Lets a suspended contributor in again.
         * @description For managers and above.
         */
        delete: operations["LiftSuspension"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contributors/simulated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a program that plays a person, with an API key that is told once. All its work is marked simulated.
         * @description For managers and above.
         */
        post: operations["CreateSimulatedContributor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/corpora": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reports of curation runs that were shared with the organization, the latest first.
         * @description For managers and above.
         */
        get: operations["ListCorpora"];
        put?: never;
        /**
         * Keeps the report of a curation run for the organization, as "touchstone curate inspect --json" prints it. The same report is kept once: sent again, it gives the first one.
         * @description For managers and above.
         */
        post: operations["ShareCorpus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/corpora/{corpusId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them with its report.
         * @description For managers and above.
         */
        get: operations["GetCorpus"];
        put?: never;
        post?: never;
        /**
         * Takes a shared report away, with the examples in it. The run and its corpus, which lie elsewhere, stay.
         * @description For managers and above.
         */
        delete: operations["DeleteCorpus"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{datasetId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One data set: what it was recognised as, what the last survey found, what the last import did.
         * @description For managers and above.
         */
        get: operations["GetDataset"];
        put?: never;
        post?: never;
        /**
         * Removes a data set's uploaded files. What was imported from it stays.
         * @description For managers and above.
         */
        delete: operations["RemoveDataset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{datasetId}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files that were uploaded, with their lengths.
         * @description For managers and above.
         */
        get: operations["ListDatasetFiles"];
        /**
         * Takes a file of a data set as the body, under ?path=. The same path again replaces it. A path that ends in .zip is unpacked in its place.
         * @description For managers and above.
         */
        put: operations["UploadDatasetFile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{datasetId}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Imports a data set: pictures as tasks, and what was said of them. Run again, it adds only what is missing. The answer leaves out what the files were recognised as.
         * @description For managers and above.
         */
        post: operations["ImportDataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{datasetId}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The picture of an input, by the name that a survey gives it.
         * @description For managers and above.
         */
        get: operations["GetDatasetPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{datasetId}/survey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads a data set through and tells what an import by the same plan would do and lose. Writes nothing into the project. The answer leaves out what the files were recognised as.
         * @description For managers and above.
         */
        post: operations["SurveyDataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/examples/{exampleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Shows an example no more.
         * @description For managers and above.
         */
        delete: operations["RemoveExample"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/examples/{exampleId}/input": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The picture of an example.
         * @description For contributors and above.
         */
        get: operations["GetExampleInput"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{exportId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One export, with what its format could not carry.
         * @description For managers and above.
         */
        get: operations["GetExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{exportId}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The files of an export that is done, as one zip archive.
         * @description For managers and above.
         */
        get: operations["GetExportArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/formats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The formats that data sets are imported from and releases exported to, and what each can carry.
         * @description For contributors and above.
         */
        get: operations["ListFormats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a one-time link that lets somebody join with a role; send it to them yourself.
         * @description For managers and above.
         */
        post: operations["Invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Long work of the organization, newest first.
         * @description For managers and above.
         */
        get: operations["ListJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One job, with its progress.
         * @description For managers and above.
         */
        get: operations["GetJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{jobId}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Stops a job that has not ended; one that has ended stays as it is.
         * @description For managers and above.
         */
        put: operations["CancelJob"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API keys: an owner sees all, a manager their own and those of simulated contributors.
         * @description For managers and above.
         */
        get: operations["ListKeys"];
        put?: never;
        /**
         * Makes an API key for yourself or for a simulated contributor; it is told once.
         * @description For managers and above.
         */
        post: operations["CreateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Stops a key at once.
         * @description For managers and above.
         */
        delete: operations["RevokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leases/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For contributors and above. */
        get: operations["GetLease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leases/{token}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For contributors and above. */
        get: operations["GetDraft"];
        /** @description For contributors and above. */
        put: operations["PutDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leases/{token}/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description For contributors and above. */
        post: operations["HeartbeatLease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leases/{token}/inputs/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For contributors and above. */
        get: operations["GetLeaseInput"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leases/{token}/response": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description For contributors and above. */
        put: operations["SubmitResponse"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leases/{token}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description For contributors and above. */
        post: operations["ReturnLease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leases/{token}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description For contributors and above. */
        post: operations["SkipLease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who you are, in which organization, as what.
         * @description For contributors and above.
         */
        get: operations["GetMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes your password and ends your other sessions.
         * @description For contributors and above.
         */
        put: operations["ChangePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Ends every session of yours, on every machine. API keys stay.
         * @description For contributors and above.
         */
        delete: operations["SignOutEverywhere"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For contributors and above. */
        get: operations["GetMyWork"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ontology_packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ontologies that are shipped with the product, for a project file's "packs".
         * @description For contributors and above.
         */
        get: operations["ListOntologyPacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ontology_packs/{packName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them, such as driving/vehicles.
         * @description For contributors and above.
         */
        get: operations["GetOntologyPack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For managers and above. */
        get: operations["GetOrder"];
        put?: never;
        post?: never;
        /** @description For managers and above. */
        delete: operations["CancelOrder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Judges what was audited so far; ends the order, or draws the tasks of its next look.
         * @description For managers and above.
         */
        post: operations["TakeLook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/project_files/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a project file says, or each thing that is wrong with it. Makes nothing.
         * @description For managers and above.
         */
        post: operations["CheckProjectFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Projects that you may see.
         * @description For contributors and above.
         */
        get: operations["ListProjects"];
        put?: never;
        /**
         * Makes a project from its file, in YAML or JSON. ?synthetic=true says that its data is drawn and not photographed.
         * @description For managers and above.
         */
        post: operations["CreateProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One project; the ETag is what a change names. Managers see its settings.
         * @description For contributors and above.
         */
        get: operations["GetProject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes what is named and leaves the rest; needs If-Match.
         * @description For managers and above.
         */
        patch: operations["UpdateProject"];
        trace?: never;
    };
    "/api/v1/projects/{projectId}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Responses and active time on each UTC day on which there were any, oldest first; ?days= says how far back, by default 30.
         * @description For managers and above.
         */
        get: operations["GetActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For reviewers and above. */
        get: operations["GetAgreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/audits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For managers and above. */
        get: operations["ListAudits"];
        put?: never;
        /** @description For managers and above. */
        post: operations["DrawAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/audits/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells how many tasks to audit for a promise. Draws nothing.
         * @description For managers and above.
         */
        post: operations["PlanAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The project's imports, oldest first.
         * @description For managers and above.
         */
        get: operations["ListBatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/contributors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For managers and above. */
        get: operations["ListProjectContributors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/contributors/{contributorId}/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How right one contributor is over time, what they mistake for what, and all decisions upon them.
         * @description For managers and above.
         */
        get: operations["GetContributorQuality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/contributors/{contributorId}/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets a proposal aside, sends a contributor to training or evaluation, or ends either. Gate and drift start afresh.
         * @description For managers and above.
         */
        post: operations["DecideStanding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/contributors/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How right each contributor is over time, whether retraining is proposed, whether they drift, and how they stand.
         * @description For managers and above.
         */
        get: operations["ListContributorQuality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Data sets that were uploaded to a project, newest first.
         * @description For managers and above.
         */
        get: operations["ListDatasets"];
        put?: never;
        /**
         * Begins a data set of another tool: upload its files, survey it, import it.
         * @description For managers and above.
         */
        post: operations["CreateDataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The project's figures whenever they change, as server-sent events named "progress".
         * @description For managers and above.
         */
        get: operations["WatchProgress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Examples that the instructions show, oldest first, at most 100.
         * @description For contributors and above.
         */
        get: operations["ListExamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The project as one YAML file, from which it can be made again.
         * @description For managers and above.
         */
        get: operations["GetProjectFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/gold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tasks with known answers, oldest first: how often they were answered and how rightly, and whether an answer seems to have got about. ?kind=gold or training.
         * @description For managers and above.
         */
        get: operations["ListGold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/gold/from-reviewed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes gold of reviewed tasks: of those named, or of a count of the surest, spread over the classes.
         * @description For managers and above.
         */
        post: operations["MakeGoldFromReviewed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/ontologies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The versions of the project's ontology.
         * @description For contributors and above.
         */
        get: operations["ListOntologies"];
        put?: never;
        /**
         * Makes a new version of the ontology, for tasks imported from now on; tasks keep the one that they have, and no answer changes. Needs the project's If-Match.
         * @description For managers and above.
         */
        post: operations["ChangeOntology"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/ontologies/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One version, which never changes.
         * @description For contributors and above.
         */
        get: operations["GetOntology"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/ontologies/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a new ontology would do to the answers that exist. Changes nothing.
         * @description For managers and above.
         */
        post: operations["PreviewOntology"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For managers and above. */
        get: operations["ListOrders"];
        put?: never;
        /**
         * Orders labels to a bound: plans it, and sets the project's overlap to the plan's. A project has one running order.
         * @description For managers and above.
         */
        post: operations["CreateOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/orders/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plans gold, overlap and audit for an accuracy, a confidence and a budget, and says what it will cost. Orders nothing.
         * @description For managers and above.
         */
        post: operations["PlanOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The project's figures.
         * @description For managers and above.
         */
        get: operations["GetProgress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Agreement on each question and class, what is mistaken for what, what adaptive overlap saved, and the cost of an accepted label. Measured on the tasks answered last.
         * @description For managers and above.
         */
        get: operations["GetQuality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For managers and above. */
        get: operations["ListReleases"];
        put?: never;
        /**
         * Builds an immutable release of all done tasks, with its assay. Refused where nothing was measured, unless that is accepted.
         * @description For managers and above.
         */
        post: operations["CreateRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For reviewers and above. */
        get: operations["ListReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/reviews/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description For reviewers and above. */
        post: operations["NextReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/reviews/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For reviewers and above. */
        get: operations["ListOpenReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Pauses a project, makes it active again, or archives it; needs If-Match. Leases that are out may still be submitted.
         * @description For managers and above.
         */
        put: operations["SetProjectState"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/suspects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accepted labels that no reviewer has seen, least trusted first, each with the reason.
         * @description For managers and above.
         */
        get: operations["ListSuspects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/suspects/requeue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts done tasks back into review, where a person who had no part in them decides again.
         * @description For managers and above.
         */
        post: operations["RequeueSuspects"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/suspects/requeue/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes tasks out of review again that were put there by doubt, while no reviewer has begun.
         * @description For managers and above.
         */
        post: operations["WithdrawRequeue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tasks of a project, oldest first; by external id where a prefix is asked for, and else by agreement, the least first, where that is. ?count=true counts them too: exactly by state, else up to 10,000.
         * @description For managers and above.
         */
        get: operations["ListTasks"];
        put?: never;
        /**
         * Imports tasks, one JSON object a line. Good lines go in; each bad one is listed with its line, pointer, what was expected and what was found. Sending it again imports nothing twice that has an external id.
         * @description For managers and above.
         */
        post: operations["ImportTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/training/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The training task that comes next; 204 when none is left to do.
         * @description For contributors and above.
         */
        post: operations["NextTraining"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/work/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description For contributors and above. */
        post: operations["NextLease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{releaseId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For managers and above. */
        get: operations["GetRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{releaseId}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All files of a published release as one zip archive. Unpacked, it is what `touchstone verify` checks.
         * @description For managers and above.
         */
        get: operations["GetReleaseArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{releaseId}/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A release in other formats, newest first.
         * @description For managers and above.
         */
        get: operations["ListExports"];
        put?: never;
        /**
         * Writes a published release in another format. What that format cannot carry is counted and told.
         * @description For managers and above.
         */
        post: operations["ExportRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{releaseId}/files/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For managers and above. */
        get: operations["GetReleaseFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{releaseId}/labels/{taskId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For managers and above. */
        get: operations["GetReleaseLabel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{reviewId}/example": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows a decided case in the project's instructions; asked again it changes the caption.
         * @description For reviewers and above.
         */
        post: operations["MakeExample"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For reviewers and above. */
        get: operations["GetReviewLease"];
        /** @description For reviewers and above. */
        put: operations["DecideReview"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs a person in with e-mail and password; the answer sets a cookie. */
        post: operations["SignIn"];
        /**
         * Ends this browser's session.
         * @description For contributors and above.
         */
        delete: operations["SignOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Uses a one-time link: creates the first owner, accepts an invitation, or signs a known person in. The answer sets a cookie. */
        post: operations["AcceptLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/link/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a one-time link is for, without using it up. */
        post: operations["LookAtLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{taskId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One task.
         * @description For managers and above.
         */
        get: operations["GetTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{taskId}/consensus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For reviewers and above. */
        get: operations["GetConsensus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{taskId}/gold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The known answers of a gold task.
         * @description For managers and above.
         */
        get: operations["GetGold"];
        /**
         * Makes a task gold, with these answers as its known ones, or corrects them. Nothing shown to contributors changes.
         * @description For managers and above.
         */
        put: operations["SetGold"];
        post?: never;
        /**
         * Hands a gold task out no more. Those who answered it stay graded by it.
         * @description For managers and above.
         */
        delete: operations["RetireGold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{taskId}/priority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Moves a task in the queue: 0 is last, 9 first.
         * @description For managers and above.
         */
        put: operations["SetPriority"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{taskId}/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For reviewers and above. */
        get: operations["ListResponses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{taskId}/training": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Makes a task that nobody answered a training task, with these known answers and an explanation, or corrects them.
         * @description For managers and above.
         */
        put: operations["SetTraining"];
        post?: never;
        /**
         * Trains with this task no more. What was answered stays.
         * @description For managers and above.
         */
        delete: operations["RetireTraining"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/{taskId}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answers the training task that comes next and tells what was right. The same answers again are the same answer.
         * @description For contributors and above.
         */
        post: operations["AnswerTraining"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training/{taskId}/input": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The picture of a training task.
         * @description For contributors and above.
         */
        get: operations["GetTrainingInput"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/work/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description For contributors and above. */
        get: operations["ListWork"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["GetHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptLinkRequest: {
            /** @description For a new person: their name. */
            display_name?: null | string;
            /** @description For a new person: what they will sign in with. For somebody with an account elsewhere on this server: its address. */
            email?: null | string;
            /** @description For the first owner: the organization's name. */
            organization?: null | string;
            /** @description The new password, or that of the account. */
            password?: null | string;
            /** @description What stands behind "#link=". */
            token: string;
        };
        AnswerTrainingBody: {
            /** @description What differs. */
            differences: components["schemas"]["TrainingDifference"][];
            /** @description Why they are what they are. */
            explanation: null | string;
            /** @description The known answers. */
            known: components["schemas"]["JsonElement"];
            /**
             * Format: int32
             * @description Training tasks that are still to be done.
             */
            left: number;
            /**
             * Format: double
             * @description How near the answers come to the known ones, in [0, 1].
             */
            score: number;
        };
        AnswerTrainingRequest: {
            /**
             * Format: int64
             * @description Time in which the contributor was active: training is paid work.
             */
            active_milliseconds: number;
            /** @description As under a lease. */
            answers: components["schemas"]["JsonElement"];
        };
        /**
         * Format: uuid
         * @description A program's key.
         */
        ApiKeyId: string;
        /** @description A key as it may be shown: never its secret. */
        ApiKeyRow: {
            contributor_id: components["schemas"]["ContributorId"];
            contributor_name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: null | string;
            id: components["schemas"]["ApiKeyId"];
            /** Format: date-time */
            last_used_at: null | string;
            name: string;
            prefix: string;
            /** Format: date-time */
            revoked_at: null | string;
        };
        /** @description One measured figure with its interval. Numbers are rounded to the decimals of a digest. */
        AssayFigure: {
            /**
             * Format: double
             * @description How many times wider its variance is than that of as many independent units: errors come together in images.
             */
            design_effect: number;
            /**
             * Format: double
             * @description The estimate, in [0, 1].
             */
            estimate: number;
            /**
             * Format: double
             * @description Lower end of the interval.
             */
            lower: number;
            /** @description How estimate and interval were made, one of AssayMethod. */
            method: string;
            /** @description Which figure: one of FigureName. */
            name: string;
            /**
             * Format: int32
             * @description Images that it rests on, those without a unit included.
             */
            sample_images: number;
            /**
             * Format: int32
             * @description Units (shapes, objects, choices or attributes) that it rests on.
             */
            sample_units: number;
            /**
             * Format: double
             * @description Upper end of the interval.
             */
            upper: number;
        };
        /** @enum {unknown} */
        AssayStatus: "measured" | "unassayed";
        /**
         * Format: uuid
         * @description One immutable piece of raw data.
         */
        AssetId: string;
        /** @description An asset as managers see it. Width and height are those that a person sees, after EXIF orientation is applied. */
        AssetRow: {
            /** Format: int64 */
            byte_count: number;
            compartment_id: null | components["schemas"]["CompartmentId"];
            /** Format: date-time */
            created_at: string;
            file_name: null | string;
            /** Format: int32 */
            height_px: number;
            id: components["schemas"]["AssetId"];
            media_type: string;
            /** Format: int32 */
            orientation: number;
            sha256: string;
            synthetic: boolean;
            /** Format: int32 */
            width_px: number;
            /** Format: date-time */
            withdrawn_at: null | string;
        };
        /** @description A size for pictures that are not there. */
        AssumedSize: {
            /** Format: int32 */
            height_px: number;
            /** Format: int32 */
            width_px: number;
        };
        /** @description An audit as managers see it. */
        AuditBody: {
            /**
             * Format: int32
             * @description Those that were judged.
             */
            answered: number;
            /**
             * Format: date-time
             * @description When.
             */
            created_at: string;
            extends: null | components["schemas"]["AuditId"];
            /** @description The audit. */
            id: components["schemas"]["AuditId"];
            /**
             * Format: int32
             * @description Those that two people have judged. A second judgement that never comes holds nothing up.
             */
            judged_twice: number;
            /** @description How it was drawn. */
            method: string;
            /** @description What whoever drew it should know. */
            note: null | string;
            order: null | components["schemas"]["BoundOrderId"];
            /**
             * Format: int32
             * @description Done tasks that the sample was drawn from.
             */
            population: number;
            /** @description Its project. */
            project: components["schemas"]["ProjectId"];
            /** @description Draws the sample again from the population; a string, since it may exceed what JavaScript's numbers hold. */
            seed: string;
            /**
             * Format: int32
             * @description Tasks in the sample; where it grew, all of them.
             */
            size: number;
            /** @description The parts that it was drawn from; null for a simple random sample. */
            strata: null | components["schemas"]["AuditStratumBody"][];
            /**
             * Format: int32
             * @description Tasks that two people are to judge.
             */
            twice: number;
        };
        /**
         * Format: uuid
         * @description A random sample judged again.
         */
        AuditId: string;
        /** @description How often auditors err, as far as a figure rests on it. */
        AuditorFigure: {
            /**
             * Format: double
             * @description The figure before auditors' errors are taken out.
             */
            as_judged: number;
            /**
             * Format: int32
             * @description Of them, those in which the two differ.
             */
            differing: number;
            /**
             * Format: double
             * @description Probability that one auditor errs in one unit.
             */
            error: number;
            /** @description Which figure: one of FigureName. */
            figure: string;
            /**
             * Format: double
             * @description Upper end of its interval.
             */
            high: number;
            /**
             * Format: int32
             * @description Units (things, choices or attributes) that two auditors judged.
             */
            judged_twice: number;
            /**
             * Format: double
             * @description Lower end of its interval.
             */
            low: number;
            /**
             * Format: double
             * @description How much wider the figure's interval is than auditors who never err and call as much right as the figure says would have made it, before its ends are cut at 0 and 1; 0 or more.
             */
            widened_by: number;
        };
        AuditSettings: {
            /**
             * Format: double
             * @description Share of done tasks that an audit draws by default.
             */
            share: number;
            /**
             * Format: double
             * @description Share of them that two people judge.
             */
            twice: number;
        };
        /** @enum {unknown} */
        AuditStratification: "none" | "class_and_confidence" | null;
        /** @description A part of the tasks that an audit drew from. */
        AuditStratumBody: {
            /**
             * Format: int32
             * @description Those that were judged.
             */
            judged: number;
            /** @description Class and band of confidence. */
            name: string;
            /**
             * Format: int32
             * @description Tasks of it.
             */
            population: number;
            /**
             * Format: int32
             * @description Tasks drawn from it.
             */
            sampled: number;
        };
        /**
         * Format: uuid
         * @description Tasks imported together.
         */
        BatchId: string;
        /** @description Tasks imported together, and how that went. */
        BatchRow: {
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["ContributorId"];
            id: components["schemas"]["BatchId"];
            /** Format: int32 */
            imported: number;
            name: string;
            project_id: components["schemas"]["ProjectId"];
            /** Format: int32 */
            refused: number;
            /** Format: int32 */
            repeated: number;
        };
        /** Format: uuid */
        BoundOrderId: string;
        ChangeOntologyPreview: {
            /**
             * Format: int32
             * @description The version compared with.
             */
            from: number;
            /** @description What it would do to those looked at, at most the newest 50,000. */
            impact: components["schemas"]["OntologyImpact"];
            /**
             * Format: int64
             * @description Responses of the project.
             */
            responses: number;
        };
        ChangeOntologyRequest: {
            /** @description As in a project file: {"questions": [...]}. */
            ontology: components["schemas"]["JsonElement"];
        };
        ChangePasswordRequest: {
            /** @description The present password; left out by somebody who has none yet and came by a link. */
            current?: null | string;
            /** @description For somebody who has no address to sign in with yet. */
            email?: null | string;
            /** @description The new one. */
            new: string;
        };
        ChangeRoleRequest: {
            role: components["schemas"]["Role"];
        };
        CheckProjectFileBody: {
            /** @description Everything that is wrong; empty for a good file. */
            faults: components["schemas"]["CheckProjectFileFileFault"][];
            ontology: null | components["schemas"]["JsonElement"];
        };
        CheckProjectFileFileFault: {
            /**
             * Format: int32
             * @description From 1, of YAML.
             */
            column: null | number;
            /** @description What would have been right. */
            expected: string;
            /** @description What stands there. */
            found: string;
            /**
             * Format: int32
             * @description From 1, of YAML.
             */
            line: null | number;
            /** @description Where in the document. */
            pointer: string;
        };
        /** @description Agreement on one label: how often another answer to the same task says it too. */
        ClassAgreementBody: {
            /**
             * Format: double
             * @description In [0, 1]; null where nobody else could say it.
             */
            agreement: null | number;
            /** @description Option or class. */
            id: string;
            /** @description As people read it. */
            name: string;
            /**
             * Format: int32
             * @description Answers (of shapes, shapes) that say it.
             */
            responses: number;
        };
        /** @description One coefficient of agreement. */
        CoefficientBody: {
            /**
             * Format: double
             * @description Upper end.
             */
            high: null | number;
            /**
             * Format: double
             * @description Lower end of its 95 % interval.
             */
            low: null | number;
            /** @description `percent`, `krippendorff_alpha`, `gwet_ac1`, `fleiss_kappa`, `mean_f1` or `mean_likeness`. */
            name: string;
            /**
             * Format: double
             * @description The coefficient; null where it is not defined.
             */
            value: null | number;
        };
        /**
         * Format: uuid
         * @description A fence around data within an organization; None where there is none.
         */
        CompartmentId: string;
        /** @description What is said when each label is true. */
        ConfusionBody: {
            /** @description The question's id, or that of an attribute of its shapes as `question/attribute`. */
            key: string;
            /** @description The labels; of a multiple choice `chosen` and `not_chosen`. */
            labels: string[];
            /** @description The question. */
            question: string;
            /** @description True labels by row, said labels by column; each row sums to 1. */
            rows: number[][];
            /** @description How common each label is; empty where that is not known. */
            shares: number[];
        };
        /** @description A consensus on the wire. */
        ConsensusBody: {
            /**
             * Format: double
             * @description Mean pairwise agreement.
             */
            agreement: null | number;
            /** @description The fused answers. */
            answers: components["schemas"]["JsonElement"];
            /**
             * Format: double
             * @description Of the least sure decision.
             */
            confidence: number;
            /** @description How sure each part is and what it was made from. */
            detail: components["schemas"]["ConsensusDetail"];
            /** @description What the responses do not agree upon, least sure first. */
            differences: components["schemas"]["Difference"][];
            /** @description SHA-256 of the answers: who accepts names what they saw. */
            digest: string;
        };
        /** @description How sure each part of a consensus is and what it was made from, as it is stored beside the answers. */
        ConsensusDetail: {
            /**
             * Format: double
             * @description Probability that every decision is right and nothing was missed.
             */
            all_right: number;
            /**
             * Format: double
             * @description Objects expected to be there that nobody marked.
             */
            expected_missed: number;
            /** @description The objects of the answers, in their order. */
            objects: components["schemas"]["ConsensusDetailObjectDetail"][];
            /** @description By id of each answered question. */
            questions: {
                [key: string]: components["schemas"]["ConsensusDetailQuestionDetail"];
            };
            /** @description What somebody marked and is believed not to be there. */
            rejected: components["schemas"]["ConsensusDetailObjectDetail"][];
            /** @description The shapes of IReadOnlyList&lt;ObjectDetail&gt; ConsensusDetail.Rejected, written as answers. */
            rejected_answers: components["schemas"]["JsonElement"];
        };
        ConsensusDetailObjectDetail: {
            /** @description Probability of each attribute's answer. */
            attributes: {
                [key: string]: number;
            };
            /** @description Probability of each class. */
            classes: {
                [key: string]: number;
            };
            /**
             * Format: double
             * @description Probability that it is there and of its class.
             */
            confidence: number;
            /**
             * Format: double
             * @description Probability that it is there.
             */
            existence: number;
            /**
             * Format: int32
             * @description Responses that looked.
             */
            looked: number;
            /** @description The shapes question. */
            question: string;
            /** @description Id in the answers. */
            shape: string;
            /** @description The shapes that it was made from. */
            support: components["schemas"]["ConsensusDetailSupportDetail"][];
        };
        ConsensusDetailQuestionDetail: {
            /** Format: double */
            confidence: number;
            distribution: {
                [key: string]: number;
            };
            /** Format: int32 */
            opinions: number;
        };
        ConsensusDetailSupportDetail: {
            response: string;
            shape: string;
        };
        /**
         * Format: uuid
         * @description A person's membership in one organization.
         */
        ContributorId: string;
        /** @description What is known of one contributor's work in a project. */
        ContributorQualityRow: {
            /** @description Who. */
            contributor: components["schemas"]["ContributorId"];
            decision: null | components["schemas"]["StandingDecisionBody"];
            /** @description Their name in this organization. */
            display_name: string;
            /** @description Whether they err more than they used to. */
            drift: components["schemas"]["DriftBody"];
            /** @description Whether retraining is proposed. */
            gate: components["schemas"]["GateBody"];
            /**
             * Format: int32
             * @description Responses that are graded.
             */
            graded: number;
            /**
             * Format: double
             * @description Upper end.
             */
            high: null | number;
            /**
             * Format: double
             * @description Lower end of its 95 % interval.
             */
            low: null | number;
            /** @description Their grades over time, oldest first. */
            points: components["schemas"]["PointBody"][];
            /**
             * Format: double
             * @description Mean of the grades; null without any. Graded by others who err too, so it lies below the truth: compare it within the project.
             */
            right: null | number;
            /** @description A program that plays a person. */
            simulated: boolean;
            /** @description How they stand. */
            standing: components["schemas"]["StandingBody"];
        };
        /** @description A contributor as managers see them. */
        ContributorRow: {
            /**
             * Format: int64
             * @description Active time in them.
             * @default 0
             */
            active_milliseconds: number;
            /** Format: date-time */
            created_at: string;
            display_name: string;
            email: null | string;
            id: components["schemas"]["ContributorId"];
            /** @description The latest. */
            last_response_at?: null | string;
            /**
             * Format: int32
             * @description Responses that they gave, in all projects that the reader may see.
             * @default 0
             */
            responses: number;
            role: components["schemas"]["Role"];
            simulated: boolean;
            /** Format: date-time */
            suspended_at: null | string;
            /** Format: int32 */
            version: number;
        };
        /**
         * Format: uuid
         * @description The report of a curated corpus that somebody shared.
         */
        CorpusId: string;
        /** @description A shared report of a curation run, without the report. */
        CorpusRow: {
            /** @description SHA-256 of the report. */
            digest: string;
            /**
             * Format: date-time
             * @description When the run was finished; null where the report does not tell.
             */
            finished_at: null | string;
            id: components["schemas"]["CorpusId"];
            /** Format: int64 */
            kept_documents: number;
            /** Format: int64 */
            kept_words: number;
            name: string;
            /** Format: int64 */
            read_documents: number;
            /** Format: int64 */
            read_words: number;
            /** Format: date-time */
            shared_at: string;
            shared_by: components["schemas"]["ContributorId"];
        };
        /** @description Why work came back. */
        CorrectionBody: {
            /** @description The answers as they were submitted. */
            answers: components["schemas"]["JsonElement"];
            /** @description What the reviewer said: a list of objects with a text and, where pinned, question and shape. */
            comments: components["schemas"]["JsonElement"];
        };
        CreateCompartmentCreated: {
            id: components["schemas"]["CompartmentId"];
            name: string;
        };
        CreateCompartmentRequest: {
            name: string;
        };
        CreateKeyCreated: {
            contributor_id: components["schemas"]["ContributorId"];
            /** Format: date-time */
            expires_at: null | string;
            /** @description The key's id, for revoking it. */
            id: components["schemas"]["ApiKeyId"];
            /** @description The secret, told this once. */
            key: string;
        };
        CreateKeyRequest: {
            /**
             * Format: uuid
             * @description A simulated contributor; yourself when left out. Nobody can make a key that acts as another person.
             */
            contributor_id?: string;
            /** @description When it stops working; never when left out. */
            expires_at?: null | string;
            /** @description For recognising it. */
            name: string;
        };
        CreateReleaseRequest: {
            /**
             * @description Publish although nothing was measured; the card then says so first of all.
             * @default false
             */
            accept_unassayed: boolean;
            /** @description By reference, or copied into the release. */
            images?: components["schemas"]["ImageMode"];
            /** @description Terms that shall stand in the card. */
            licence?: null | string;
        };
        CreateSimulatedCreated: {
            id: components["schemas"]["ContributorId"];
            key: string;
            key_id: components["schemas"]["ApiKeyId"];
        };
        CreateSimulatedRequest: {
            display_name: string;
            /** @description Contributor or reviewer. */
            role?: components["schemas"]["Role"];
        };
        /**
         * @description A finished run as people look at it: what was read, kept and dropped, by which step and reason, with examples and clusters of near-duplicates. One model for every surface that draws it, and
         *     bounded: a run of any size gives a report of some megabytes at most (ReportLimits), which says what it leaves out.
         */
        CurationReport: {
            /** @description What is left out. */
            clipping: components["schemas"]["ReportClipping"];
            /** @description Near-duplicates, one entry for each MinHash step of the pipeline. */
            clusters: components["schemas"]["ReportClusters"][];
            /** @description What steps counted in kept documents, such as `redacted_email`. */
            counted: components["schemas"]["ReportCount"][];
            /** @description Documents that a step dropped, as they were when it did. */
            dropped: components["schemas"]["ReportAmount"];
            /** @description Documents to look at, kept ones first, then by step and reason. */
            examples: components["schemas"]["ReportExample"][];
            /** @description What could not be read. */
            faults: components["schemas"]["ReportFaults"];
            /**
             * Format: date-time
             * @description When the run was finished; null where its manifest does not tell.
             */
            finished_at: null | string;
            /** @description Documents of the sink. */
            kept: components["schemas"]["ReportAmount"];
            /** @description Documents of the sink in the same bins. */
            kept_words: number[];
            /** @description Files of the run that are gone or changed, so that this report lacks what they held. */
            missing: components["schemas"]["MissingFile"][];
            /** @description What the run is called: the name of its folder, unless somebody gave it another. */
            name: string;
            /** @description The files that it wrote. */
            outputs: components["schemas"]["ReportOutput"][];
            /** @description Digest of the pipeline with all parameters, lower-case hexadecimal. */
            pipeline: string;
            /** @description The program that made the run. */
            program: string;
            /** @description Documents of the source. */
            read: components["schemas"]["ReportAmount"];
            /** @description Documents of the source by number of words: none, 1, 2 to 3, 4 to 7 and so on. */
            read_words: number[];
            /** @description What was read from. */
            source: components["schemas"]["ReportSource"];
            /** @description The steps in order. */
            steps: components["schemas"]["ReportStep"][];
            /** @description What the run took. */
            usage: components["schemas"]["ReportUsage"];
            /**
             * Format: int32
             * @description Version of this model, int CurationReport.CurrentVersion.
             */
            version: number;
        };
        /** @description How far the annotators of a data set agree on where things are. */
        DatasetAgreement: {
            /**
             * Format: double
             * @description Krippendorff's alpha over objects that belong together, by the intersection over union of their bounds; null where nothing varies.
             */
            alpha: null | number;
            /**
             * Format: int32
             * @description Annotators of those inputs.
             */
            annotators: number;
            /**
             * Format: double
             * @description Mean over pairs of annotators of the F1 of their objects at an intersection over union of 0.5.
             */
            f1: null | number;
            /**
             * Format: int64
             * @description Inputs that two or more labelled.
             */
            inputs: number;
        };
        /** @description A data set that waits to be imported, as managers see it. */
        DatasetBody: {
            /**
             * Format: int64
             * @description Their bytes together.
             */
            bytes: number;
            /**
             * Format: date-time
             * @description When it was begun.
             */
            created_at: string;
            /**
             * Format: int32
             * @description How many files it has.
             */
            files: number;
            /** @description What it is, the surest first; null in lists. */
            found: null | components["schemas"]["Recognition"][];
            /** @description The data set. */
            id: components["schemas"]["DatasetId"];
            imported: null | components["schemas"]["DatasetReport"];
            job: null | components["schemas"]["DatasetBodyJobBody"];
            /** @description What people call it. */
            name: string;
            plan: null | components["schemas"]["DatasetPlan"];
            /** @description The project that it was uploaded to. */
            project: components["schemas"]["ProjectId"];
            survey: null | components["schemas"]["DatasetReport"];
        };
        DatasetBodyJobBody: {
            /** @description Why it failed. */
            error: null | string;
            /** @description The job. */
            id: components["schemas"]["JobId"];
            /** @description survey_dataset or import_dataset. */
            kind: string;
            /**
             * Format: double
             * @description In [0, 1].
             */
            progress: number;
            /** @description Its state. */
            state: components["schemas"]["JobState"];
        };
        DatasetFilesFileRow: {
            /**
             * Format: int64
             * @description Its length; of an archive, what it held.
             */
            bytes: number;
            /** @description Below the data set. */
            path: string;
        };
        DatasetFilesList: {
            /** @description By path. */
            items: components["schemas"]["DatasetFilesFileRow"][];
        };
        /**
         * Format: uuid
         * @description A data set of another tool that waits to be imported.
         */
        DatasetId: string;
        /** @description How a data set is to be read and what it is to become. */
        DatasetPlan: {
            /** @description What its labels become. */
            as?: components["schemas"]["ImportedAs"];
            assumed_size?: null | components["schemas"]["AssumedSize"];
            /** @description Names of the classes in order, for files that have only numbers. */
            class_names?: null | string[];
            /** @description The project's class by the data set's, null to leave one out; those that are not named go by id or title. */
            classes?: null | {
                [key: string]: string;
            };
            /** @description A member by the data set's name of an annotator (the empty name stands for labels without one); for those that are not named, and for null, a member of that name is made who cannot sign in. */
            contributors?: null | Record<string, unknown>;
            /** @description The format's name. */
            format: string;
            /**
             * @description The file or folder of the data set that is read; empty for the whole.
             * @default
             */
            place: string;
            /** @description Of prelabels: what becomes one. */
            prelabels_from?: components["schemas"]["PrelabelSource"];
            /**
             * @description Pascal VOC's numbers are edges counted from 0.
             * @default false
             */
            voc_from_zero: boolean;
            /**
             * @description Of responses: what stands beside them comes in too, predictions as prelabels, skips as such, and drafts as work that waits for those who began it.
             * @default false
             */
            whole: boolean;
        };
        /** @description What was found in a data set, what would be lost, and, after an import, what went in. */
        DatasetReport: {
            agreement?: null | components["schemas"]["DatasetAgreement"];
            /**
             * Format: int64
             * @description Answers that are valid under the project's ontology and would go in.
             */
            answers: number;
            as: components["schemas"]["ImportedAs"];
            /**
             * Format: int64
             * @description Proposals, drafts and skips that were there before.
             */
            besides_repeated?: number;
            classes: components["schemas"]["DatasetReportClassRow"][];
            contributors: components["schemas"]["DatasetReportContributorRow"][];
            /**
             * Format: int64
             * @description Begun answers that would wait for those who began them.
             */
            drafts?: number;
            /** Format: int64 */
            drafts_imported?: number;
            /** Format: int64 */
            faults: number;
            /** @description The first of them. */
            first_faults: components["schemas"]["FileFault"][];
            format: string;
            /**
             * Format: int64
             * @description Gold tasks that were made.
             */
            gold_imported?: number;
            /**
             * Format: int64
             * @description Inputs read.
             */
            inputs: number;
            losses: components["schemas"]["Loss"][];
            /** Format: int64 */
            objects: number;
            /** @description Opinions by kind: annotation, prediction, draft, skipped, gold. */
            opinions: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Of them, those whose picture is not among the files, or is none; they become no tasks.
             */
            pictures_missing: number;
            place: string;
            /**
             * Format: int64
             * @description Inputs whose work would begin with a proposal.
             */
            prelabels?: number;
            /** Format: int64 */
            prelabels_imported?: number;
            questions: components["schemas"]["DatasetReportQuestionRow"][];
            /** Format: int64 */
            responses_imported?: number;
            /** Format: int64 */
            responses_repeated?: number;
            /** @description The first inputs that have objects, those with a picture before those without one, to be drawn. */
            samples: components["schemas"]["DatasetReportSampleRow"][];
            /**
             * Format: int64
             * @description Inputs that annotators passed by, for which they would not be asked again.
             */
            skips?: number;
            /** Format: int64 */
            skips_imported?: number;
            suspicions: components["schemas"]["DatasetReportSuspicionRow"][];
            /** Format: int64 */
            tasks_imported?: number;
            /** Format: int64 */
            tasks_repeated?: number;
        };
        DatasetReportClassRow: {
            /** @description How many by kind of mark. */
            marks: {
                [key: string]: number;
            };
            /** @description As the data set names it. */
            name: string;
            /**
             * Format: int64
             * @description How many.
             */
            objects: number;
            /** @description The project's class that they become; null where they are left out. */
            target: null | string;
        };
        DatasetReportContributorRow: {
            /**
             * Format: int64
             * @description How many inputs they labelled; 0 of those who only skipped or began some.
             */
            inputs: number;
            /** @description As the data set names them; empty for labels that name nobody. */
            name: string;
            target: null | components["schemas"]["ContributorId"];
        };
        DatasetReportQuestionRow: {
            /**
             * Format: int64
             * @description How many.
             */
            answers: number;
            /** @description As the data set names it. */
            name: string;
            /** @description The project's question; null where there is none. */
            target: null | string;
        };
        DatasetReportSampleRow: {
            /** @description Whether its picture is among the files. */
            has_picture: boolean;
            /**
             * Format: int32
             * @description Height as a person sees it.
             */
            height_px: number;
            /** @description The input. */
            name: string;
            /** @description Its objects, of all annotators. */
            shapes: components["schemas"]["DatasetReportShapeRow"][];
            /**
             * Format: int32
             * @description Width as a person sees it.
             */
            width_px: number;
        };
        DatasetReportShapeRow: {
            /** @description As the data set names it. */
            class: string;
            /** @description Who marked it. */
            contributor: null | string;
            /** @description Where it is: one member, named as in answers (box, rotated_box, polygon, polyline, keypoints) or polygons, ellipse, mask. */
            mark: components["schemas"]["JsonElement"];
            /** @description The project's class; null where it is left out. */
            target: null | string;
        };
        DatasetReportSuspicionRow: {
            /**
             * Format: int64
             * @description How often.
             */
            count: number;
            /** @description The first of them. */
            examples: components["schemas"]["Suspicion"][];
            /** @description What is probably wrong. */
            kind: string;
        };
        DatasetsList: {
            /** @description Newest first, at most 100, without what each was recognised as. */
            items: components["schemas"]["DatasetBody"][];
        };
        DatasetsRequest: {
            /** @description What people call it; the member to whom a project's labels that name nobody belong gets this name from the first such data set. */
            name: string;
        };
        DecideReviewComment: {
            at?: null | components["schemas"]["DecideReviewPlace"];
            /** @description The question that it is about. */
            question?: null | string;
            /** @description The shape that it is about; when sending back, one of the response. */
            shape?: null | string;
            /** @description What is said. */
            text: string;
        };
        DecideReviewPlace: {
            /**
             * Format: double
             * @description Pixels from the left edge.
             */
            x: number;
            /**
             * Format: double
             * @description Pixels from the top edge.
             */
            y: number;
        };
        DecideReviewReceipt: {
            /** Format: date-time */
            decided_at: string;
            decision: components["schemas"]["ReviewDecision"];
            id: components["schemas"]["ReviewId"];
            task: components["schemas"]["LabelTaskId"];
        };
        DecideReviewRequest: {
            /** @description For an edit: the right answers. */
            answers?: unknown;
            /** @description What the contributor should know; needed where work is sent back or withdrawn. */
            comments?: null | components["schemas"]["DecideReviewComment"][];
            /** @description For accepting: digest of the consensus that was seen. A consensus that changed meanwhile is then not accepted unseen. */
            consensus?: null | string;
            /** @description What is decided. */
            decision: components["schemas"]["ReviewDecision"];
            /**
             * Format: uuid
             * @description For sending back: which response.
             */
            response?: string;
        };
        DecideStandingStandingRequest: {
            /** @description What is decided. */
            choice: components["schemas"]["StandingChoice"];
            /** @description Why; the contributor reads it where they are to train. */
            note?: null | string;
            /**
             * Format: int32
             * @description Training or gold tasks to do; the project's own number without it. Only to retrain and to evaluate.
             */
            tasks?: null | number;
        };
        /** @description One point on which responses differ. */
        Difference: {
            /** @description Responses that say otherwise, or did not mark it. */
            against: string[];
            /** @description For an attribute: its id. */
            attribute: null | string;
            /**
             * Format: double
             * @description Of what the consensus says there; for geometry the mean similarity to its shape.
             */
            confidence: number;
            /** @description Responses that say what the consensus says, or marked the object. */
            for: string[];
            /**
             * @description `existence` (some marked it, some did not), `class`, `attribute`, `geometry` (it lies elsewhere or has another
             *         form) or `answer`.
             */
            kind: string;
            /** @description The question. */
            question: string;
            /** @description For an object: its id in the answers, or in the rejected ones. */
            shape: null | string;
            /**
             * Format: double
             * @description For geometry: of the two shapes that are least alike, in [0, 1]; intersection over union where they have area.
             */
            similarity: null | number;
        };
        /** @description Work saved under a lease; version 0 and no body before the first save. */
        DraftBody: {
            body: null | components["schemas"]["JsonElement"];
            /** Format: date-time */
            updated_at: null | string;
            /** Format: int32 */
            version: number;
        };
        DrawAuditRequest: {
            /**
             * Format: double
             * @description Share of the done tasks to draw, in (0, 1]; the project's own without either.
             */
            share?: null | number;
            /**
             * Format: int32
             * @description Tasks to draw; or give Share.
             */
            size?: null | number;
            strata?: null | components["schemas"]["AuditStratification"];
            /**
             * Format: double
             * @description Share of the drawn tasks that two reviewers judge without seeing each other's answers, in [0, 1]. Without it the project's own, or 0 where fewer than two people could judge.
             */
            twice?: null | number;
        };
        /** @description Whether a contributor errs more than they used to. */
        DriftBody: {
            /** @description It rang since the last decision. */
            alarm: boolean;
            /**
             * Format: double
             * @description Alarm from here on.
             */
            limit: number;
            /** @description A sentence. */
            reason: string;
            /**
             * Format: date-time
             * @description When the rise began that rang it.
             */
            since: null | string;
            /**
             * Format: double
             * @description Log-likelihood ratio of a raised share of errors against the usual one.
             */
            statistic: number;
            /**
             * Format: double
             * @description Their usual share of errors; null before enough answers.
             */
            usual: null | number;
        };
        /** @description What was decided before. */
        EarlierReview: {
            comments: null | components["schemas"]["JsonElement"];
            /** Format: date-time */
            decided_at: string;
            decision: string;
        };
        EvaluationSettings: {
            /**
             * Format: int32
             * @description Gold tasks that a newcomer is evaluated by, unmarked.
             */
            tasks: number;
        };
        /**
         * @description What a claim to read and write a format rests on.
         * @enum {unknown}
         */
        Evidence: "own_files" | "specification" | "other_programs";
        /**
         * Format: uuid
         * @description An example in a project's instructions.
         */
        ExampleId: string;
        /** @description A release in another format, as managers see it. */
        ExportBody: {
            /**
             * Format: date-time
             * @description When it was asked for.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            ended_at: null | string;
            /** @description Why it failed. */
            error: null | string;
            /** @description The format's name. */
            format: string;
            /** @description The export. */
            id: components["schemas"]["ReleaseExportId"];
            /** @description What becomes of the pictures. */
            images: components["schemas"]["ExportedImages"];
            /** @description The job that makes it. */
            job: components["schemas"]["JobId"];
            outcome: null | components["schemas"]["ExportOutcome"];
            /**
             * Format: double
             * @description In [0, 1].
             */
            progress: number;
            /** @description Of which release. */
            release: components["schemas"]["ReleaseId"];
            /** @description Shares of the parts that it was divided into. */
            split: null | {
                [key: string]: number;
            };
            /** @description Of that job. */
            state: components["schemas"]["JobState"];
        };
        /**
         * @description What becomes of a release's pictures in an export.
         * @enum {unknown}
         */
        ExportedImages: "none" | "copy";
        /** @description What an export wrote and what its format could not carry. */
        ExportOutcome: {
            /**
             * Format: int64
             * @description Bytes of the archive.
             */
            bytes: number;
            /**
             * Format: int64
             * @description Labels that could not be read.
             */
            faults: number;
            /**
             * Format: int32
             * @description Files of labels.
             */
            files: number;
            /**
             * Format: int64
             * @description Inputs written.
             */
            inputs: number;
            /** @description What the format could not carry. */
            losses: components["schemas"]["Loss"][];
            /**
             * Format: int64
             * @description Objects written.
             */
            objects: number;
            /**
             * Format: int64
             * @description Pictures that were to be in it and are withdrawn.
             */
            pictures_missing: number;
            /**
             * Format: int64
             * @description Pictures in the archive.
             */
            pictures_placed: number;
        };
        ExportReleaseRequest: {
            /** @description The format's name; GET /formats lists them. */
            format: string;
            /** @description Whether the pictures lie in the archive. */
            images?: components["schemas"]["ExportedImages"];
            /**
             * Format: int64
             * @description Of the split.
             * @default 1
             */
            seed: number;
            /** @description Shares by part, such as {"train": 0.8, "val": 0.2}: classes spread alike. Without it the release stays whole. */
            split?: null | {
                [key: string]: number;
            };
        };
        /** @description One thing in a file that could not be read as it stands. */
        FileFault: {
            /** @description The file. */
            file: string;
            /** @description What was expected and what was found. */
            message: string;
            /** @description Line or JSON pointer. */
            place: string;
        };
        /** @description What the gate says of a contributor. It may propose; only a person's decision changes anything. */
        GateBody: {
            /**
             * Format: int32
             * @description Graded answers since the last decision.
             */
            answers: number;
            /**
             * Format: double
             * @description Share of errors that leads to a proposal.
             */
            bad_errors: number;
            /**
             * Format: double
             * @description Of them the expected number of errors.
             */
            errors: number;
            /**
             * Format: double
             * @description Share of errors that passes as honest in this project now.
             */
            honest_errors: number;
            /** @description A sentence. */
            reason: string;
            /** @description Its word. */
            verdict: components["schemas"]["GateVerdict"];
        };
        /**
         * @description What the gate says of a contributor. There is no word for expelling anyone: a statistic may propose, a person decides.
         * @enum {unknown}
         */
        GateVerdict: "watching" | "sound" | "propose_retraining";
        GetActivityBody: {
            /** @description Days with work. */
            items: components["schemas"]["GetActivityRow"][];
            /**
             * Format: date
             * @description The UTC day that it is.
             */
            today: string;
        };
        GetActivityRow: {
            /**
             * Format: int64
             * @description Active time of all responses.
             */
            active_milliseconds: number;
            /**
             * Format: date
             * @description A UTC day.
             */
            day: string;
            /**
             * Format: int32
             * @description Independent responses to ordinary work.
             */
            responses: number;
        };
        GetAgreementBody: {
            /**
             * Format: double
             * @description Mean over them of the mean pairwise agreement, in [0, 1], not corrected for chance; null without any.
             */
            mean: null | number;
            /** @description The project. */
            project: components["schemas"]["ProjectId"];
            /**
             * Format: int64
             * @description Responses of the project.
             */
            responses: number;
            /**
             * Format: int64
             * @description Tasks with two or more responses.
             */
            tasks: number;
        };
        GetConsensusBody: {
            consensus: null | components["schemas"]["ConsensusBody"];
            /**
             * Format: int32
             * @description Independent responses.
             */
            responses: number;
            /** @description Its state. */
            state: components["schemas"]["TaskState"];
            stopping: null | components["schemas"]["StoppingBody"];
            /** @description The task. */
            task: components["schemas"]["LabelTaskId"];
        };
        /** @description The row of the list, what its contributor says when each label is true (empty before a first fit), and all decisions upon them, oldest first. */
        GetContributorQualityContributorQualityBody: {
            confusion: components["schemas"]["ConfusionBody"][];
            contributor: components["schemas"]["ContributorId"];
            decision: null | components["schemas"]["StandingDecisionBody"];
            decisions: components["schemas"]["StandingDecisionBody"][];
            display_name: string;
            drift: components["schemas"]["DriftBody"];
            gate: components["schemas"]["GateBody"];
            /** Format: int32 */
            graded: number;
            /** Format: double */
            high: null | number;
            /** Format: double */
            low: null | number;
            points: components["schemas"]["PointBody"][];
            /** Format: double */
            right: null | number;
            simulated: boolean;
            standing: components["schemas"]["StandingBody"];
        };
        /**
         * @description What tasks with known answers are for.
         * @enum {unknown}
         */
        GoldKind: "gold" | "training";
        /**
         * @description Where known answers came from.
         * @enum {unknown}
         */
        GoldOrigin: "imported" | "reviewed" | "made";
        GoldSettings: {
            /**
             * Format: double
             * @description Share of leases whose answer is known.
             */
            rate: number;
            /**
             * Format: int32
             * @description Answers after which a gold task is retired; 0 is never.
             */
            rotate_after: number;
        };
        HeartbeatBody: {
            /** Format: date-time */
            expires_at: string;
        };
        /** @description What a load balancer and a person need to know: is it up, does the database answer, which version is it. */
        HostRoutesHealth: {
            status: string;
            version: string;
        };
        /**
         * @default reference
         * @enum {unknown}
         */
        ImageMode: "reference" | "copy";
        /**
         * @description What the labels of a data set become.
         * @default responses
         * @enum {unknown}
         */
        ImportedAs: "responses" | "gold" | "prelabels" | "tasks";
        ImportTasksBatchName: {
            id: components["schemas"]["BatchId"];
            name: string;
        };
        ImportTasksReport: {
            /** @description What the tasks were imported as; ?batch= adds to it. */
            batch: components["schemas"]["ImportTasksBatchName"];
            /** @description The first 1,000 of them. */
            faults: components["schemas"]["LineFault"][];
            /**
             * Format: int64
             * @description New tasks.
             */
            imported: number;
            /**
             * Format: int64
             * @description Lines that did not go in.
             */
            refused: number;
            /**
             * Format: int64
             * @description Lines whose external id the project had.
             */
            repeated: number;
        };
        /** @description One thing to look at. */
        InputBody: {
            /**
             * Format: int32
             * @description Pixels after EXIF orientation is applied.
             */
            height: number;
            /** @description As the annotations room names it: `image`. */
            kind: string;
            /** @description Of the bytes. */
            media_type: string;
            /** @description Where its bytes are, for this lease alone. */
            url: string;
            /**
             * Format: int32
             * @description Pixels after EXIF orientation is applied.
             */
            width: number;
        };
        /**
         * @description What is looked at.
         * @enum {unknown}
         */
        InputKind: "image" | "clip" | "scene" | "text" | "conversation";
        InviteRequest: {
            display_name?: null | string;
            role: components["schemas"]["Role"];
        };
        /**
         * Format: uuid
         * @description A durable job.
         */
        JobId: string;
        /** @description A job as managers see it. */
        JobRow: {
            /** Format: int32 */
            attempts: number;
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["ContributorId"];
            /** Format: date-time */
            ended_at: null | string;
            error: null | string;
            id: components["schemas"]["JobId"];
            kind: string;
            /** Format: double */
            progress: number;
            project_id: null | components["schemas"]["ProjectId"];
            state: components["schemas"]["JobState"];
        };
        /** @enum {unknown} */
        JobState: "queued" | "running" | "done" | "failed" | "cancelled";
        JsonElement: unknown;
        /** @description What labels cost in people's time. */
        LabelCostBody: {
            /**
             * Format: int64
             * @description Labels in them: shapes and answers to other questions. Counted in the tasks looked at, and taken in proportion where there are more.
             */
            accepted_labels: number;
            /**
             * Format: int32
             * @description Done tasks.
             */
            accepted_tasks: number;
            /**
             * Format: int64
             * @description Active time in all responses, gold and audits too: they are part of the price.
             */
            active_milliseconds: number;
            /**
             * Format: double
             * @description For each accepted label.
             */
            milliseconds_per_label: null | number;
            /**
             * Format: double
             * @description For each done task.
             */
            milliseconds_per_task: null | number;
        };
        /**
         * Format: uuid
         * @description A task.
         */
        LabelTaskId: string;
        /** @description A lease as its contributor sees it. Nothing in it depends on why the task is in the queue. */
        LeaseBody: {
            correction: null | components["schemas"]["CorrectionBody"];
            /**
             * Format: date-time
             * @description Until when it is kept unless renewed.
             */
            expires_at: string;
            /** @description What to look at. */
            inputs: components["schemas"]["InputBody"][];
            /**
             * Format: date-time
             * @description When it was given.
             */
            issued_at: string;
            /** @description Where that version is read. */
            ontology_url: string;
            /**
             * Format: int32
             * @description What the answers are checked against.
             */
            ontology_version: number;
            prelabel: null | components["schemas"]["PrelabelBody"];
            /**
             * Format: uuid
             * @description The project.
             */
            project: string;
            /** @description Live, submitted, skipped, returned or expired. */
            state: string;
            /** @description Names the lease, and is all that names the work. */
            token: string;
        };
        /**
         * @description The unguessable name of a lease: 96 random bits behind 32 bits of its time, written as 22 characters of base64url. It is all that a
         *     contributor ever sees of a task, and it proves the right to the slot.
         */
        LeaseToken: string;
        /** @description Why a line does not go in. */
        LineFault: {
            detail?: null | string;
            /** @description What would have been right. */
            expected: string;
            /** @description What stands there. */
            found: string;
            /**
             * Format: int64
             * @description From 1.
             */
            line: number;
            /** @description JSON pointer into the line; empty for the whole of it. */
            pointer: string;
            /** @description Stable snake_case. */
            reason: string;
        };
        /** @description A link as it is told once. */
        LinksIssued: {
            /**
             * Format: date-time
             * @description Until when it works.
             */
            expires_at: string;
            /** @description To be put behind the server's address. */
            path: string;
            /** @description The secret itself. */
            token: string;
        };
        ListBatchesFaultRow: {
            detail: string;
            file: null | string;
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            line: null | number;
            reason: string;
        };
        ListCompartmentsRow: {
            cleared: unknown[];
            /** Format: date-time */
            created_at: string;
            id: components["schemas"]["CompartmentId"];
            name: string;
        };
        ListContributorsRow: {
            /**
             * Format: int64
             * @description Active time in them.
             */
            active_milliseconds: number;
            /** @description Who. */
            contributor: components["schemas"]["ContributorId"];
            /** @description Their name in this organization. */
            display_name: string;
            /**
             * Format: int32
             * @description Responses to gold among them.
             */
            gold_answered: number;
            /**
             * Format: date-time
             * @description The latest.
             */
            last_response_at: null | string;
            /** @description The estimate; an empty object before a first fit. */
            reliability: components["schemas"]["JsonElement"];
            /**
             * Format: int32
             * @description Responses given.
             */
            responses: number;
            /** @description A program that plays a person. */
            simulated: boolean;
            /**
             * Format: int32
             * @description Tasks skipped.
             */
            skips: number;
        };
        ListCorporaDetail: {
            /** @description What the list says of it. */
            corpus: components["schemas"]["CorpusRow"];
            /** @description The report as it was sent. */
            report: components["schemas"]["CurationReport"];
            /** @description Name of who shared it. */
            shared_by_name: string;
        };
        ListExamplesBody: {
            items: components["schemas"]["ListExamplesRow"][];
        };
        ListExamplesRow: {
            /** @description The right answers. */
            answers: components["schemas"]["JsonElement"];
            /** @description What it teaches. */
            caption: string;
            /** @description The example. */
            id: components["schemas"]["ExampleId"];
            input: null | components["schemas"]["InputBody"];
            /**
             * Format: int32
             * @description The version that they were made under.
             */
            ontology_version: number;
        };
        ListExportsExports: {
            /** @description Newest first, at most 100. */
            items: components["schemas"]["ExportBody"][];
        };
        ListFormatsFormatBody: {
            /** @description Whether it carries attributes of objects: `any`, `some` or `none`. */
            attributes: string;
            /** @description What else it carries, such as `scores` or `tracks`. */
            carries: string[];
            /** @description What the claim to support it rests on. */
            evidence: components["schemas"]["Evidence"];
            /** @description Its name in requests. */
            id: string;
            /** @description What it is about. */
            inputs: components["schemas"]["InputKind"][];
            /** @description How it can say where an object is. */
            marks: components["schemas"]["MarkKind"][];
            /** @description Its name for people. */
            name: string;
            /** @description Whether data sets of it can be imported. */
            reads: boolean;
            /** @description What it follows. */
            specification: string;
            /** @description Whether releases can be exported to it. */
            writes: boolean;
        };
        ListFormatsFormats: {
            /** @description In the order in which they are told. */
            items: components["schemas"]["ListFormatsFormatBody"][];
        };
        ListGoldLeakRow: {
            /** @description Why, in a sentence; null where it is not suspected. */
            reason: null | string;
            /** @description Whether it should be looked at. */
            suspected: boolean;
        };
        ListGoldRow: {
            /**
             * Format: int32
             * @description Answers to it.
             */
            answered: number;
            asset: null | components["schemas"]["AssetId"];
            /**
             * Format: date-time
             * @description When it became gold.
             */
            created_at: string;
            /** @description Its owner's id. */
            external_id: null | string;
            /**
             * Format: double
             * @description Upper end.
             */
            high: null | number;
            /** @description Gold or training. */
            kind: components["schemas"]["GoldKind"];
            /**
             * Format: date-time
             * @description The latest answer.
             */
            last_answered_at: null | string;
            leak: null | components["schemas"]["ListGoldLeakRow"];
            /**
             * Format: double
             * @description Lower end of Wilson's 95 % interval of it.
             */
            low: null | number;
            /**
             * Format: date-time
             * @description Since when it is handed out no more.
             */
            retired_at: null | string;
            /**
             * Format: double
             * @description Share of them that is right, in [0, 1]; null before any is graded.
             */
            right: null | number;
            /** @description Where its known answers came from. */
            source: components["schemas"]["GoldOrigin"];
            /** @description The gold or training task. */
            task: components["schemas"]["LabelTaskId"];
        };
        ListOntologiesRow: {
            /** Format: date-time */
            created_at: string;
            digest: string;
            /** Format: int32 */
            number: number;
        };
        ListOntologiesView: {
            /** Format: date-time */
            created_at: string;
            digest: string;
            /** Format: int32 */
            number: number;
            ontology: components["schemas"]["JsonElement"];
        };
        ListOntologyPacksRow: {
            name: string;
            questions: string[];
        };
        ListOntologyPacksView: {
            name: string;
            ontology: components["schemas"]["JsonElement"];
        };
        ListOpenReviewsRow: {
            /**
             * Format: double
             * @description Mean pairwise agreement; null with fewer than two responses.
             */
            agreement: null | number;
            /**
             * Format: double
             * @description Of the consensus; null without one.
             */
            confidence: null | number;
            /** @description Its owner's id. */
            external_id: null | string;
            /** @description Why it is here. */
            reason: components["schemas"]["ReviewReason"];
            /**
             * Format: int32
             * @description Independent responses.
             */
            responses: number;
            /** @description Whether one may take it. */
            standing: components["schemas"]["ListOpenReviewsStanding"];
            /** @description The task. */
            task: components["schemas"]["LabelTaskId"];
        };
        /**
         * @description How an open case stands to who asks.
         * @enum {unknown}
         */
        ListOpenReviewsStanding: "free" | "yours" | "taken" | "own_work";
        ListResponsesBody: {
            items: components["schemas"]["ListResponsesRow"][];
            /** Format: int32 */
            ontology_version: number;
            task: components["schemas"]["LabelTaskId"];
        };
        ListResponsesRow: {
            /** Format: int64 */
            active_milliseconds: number;
            answers: components["schemas"]["JsonElement"];
            contributor: null | components["schemas"]["ContributorId"];
            id: components["schemas"]["ResponseId"];
            is_in_force: boolean;
            simulated: boolean;
            /** Format: date-time */
            submitted_at: string;
            supersedes: null | components["schemas"]["ResponseId"];
        };
        ListReviewsRow: {
            comments: null | components["schemas"]["JsonElement"];
            /**
             * Format: date-time
             * @description When.
             */
            decided_at: string;
            /** @description How. */
            decision: components["schemas"]["ReviewDecision"];
            /** @description The review. */
            id: components["schemas"]["ReviewId"];
            reviewer: null | components["schemas"]["ContributorId"];
            sent_back: null | components["schemas"]["ResponseId"];
            /** @description By a program that plays a person. */
            simulated: boolean;
            supersedes: null | components["schemas"]["ReviewId"];
            /** @description What it decided. */
            task: components["schemas"]["LabelTaskId"];
        };
        ListTasksTaskCount: {
            /** Format: int64 */
            count: number;
            /** @description False where there are at least Count. */
            is_exact: boolean;
        };
        ListTasksTaskPage: {
            count: null | components["schemas"]["ListTasksTaskCount"];
            items: components["schemas"]["TaskRow"][];
            next: null | string;
        };
        ListWorkBody: {
            items: components["schemas"]["ListWorkRow"][];
        };
        ListWorkRow: {
            /** @description What it is for. */
            description: string;
            /** @description Whether tasks want responses, from anybody of the caller's role. */
            has_open: boolean;
            /** @description Whether tasks wait for a reviewer; null for those who do not review. */
            has_reviews: null | boolean;
            /** @description What is looked at. */
            input_kind: string;
            /** @description Markdown. */
            instructions: string;
            /** @description Its name. */
            name: string;
            /**
             * Format: int32
             * @description The version that new tasks are answered under.
             */
            ontology_version: number;
            /** @description Its id. */
            project: components["schemas"]["ProjectId"];
            /**
             * Format: int32
             * @description Responses that the caller has given.
             */
            responses: number;
            /**
             * Format: int32
             * @description Training tasks that come before ordinary work; 0 when none do.
             * @default 0
             */
            training_left: number;
            /**
             * Format: int32
             * @description All of that training; 0 when there is none to do.
             * @default 0
             */
            training_of: number;
        };
        LookAtLinkAnswer: {
            display_name: null | string;
            /** Format: date-time */
            expires_at: string;
            /** @description Whether accepting it takes an e-mail address and a password. */
            needs_account: boolean;
            /** @description The organization that it leads into; null for the link that creates the first owner. */
            organization: null | string;
            purpose: components["schemas"]["SignInPurpose"];
            role: components["schemas"]["Role"];
        };
        LookAtLinkRequest: {
            token: string;
        };
        /** @description A look at the growing audit. */
        LookBody: {
            /**
             * Format: int32
             * @description Errors up to which it meets the bound; -1 where none can.
             */
            allowed_errors: number;
            /**
             * Format: int32
             * @description Tasks audited by then, all together.
             */
            audited: number;
            /**
             * Format: double
             * @description One-sided confidence of this look.
             */
            confidence: number;
        };
        /** @description One kind of loss. */
        Loss: {
            /**
             * Format: int64
             * @description How often.
             */
            count: number;
            /** @description What became of it, for people. */
            explanation: string;
            /** @description A stable snake_case word, after a colon the question or geometry that it concerns. */
            kind: string;
        };
        MakeExampleBody: {
            /** @description The answers shown. */
            answers: components["schemas"]["JsonElement"];
            /** @description What it teaches. */
            caption: string;
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /** @description The example. */
            id: components["schemas"]["ExampleId"];
        };
        MakeExampleRequest: {
            /** @description What it teaches, in a sentence or two. */
            caption: string;
        };
        MakeGoldRefusal: {
            /** @description `not_found`, `not_reviewed`, `made_before`, `is_example`, `is_training` or `asset_withdrawn`. */
            reason: string;
            /** @description The task. */
            task: components["schemas"]["LabelTaskId"];
        };
        MakeGoldReport: {
            /**
             * Format: int32
             * @description Gold tasks made.
             */
            made: number;
            /** @description Tasks of which none was made. */
            refused: components["schemas"]["MakeGoldRefusal"][];
        };
        MakeGoldRequest: {
            /**
             * Format: int32
             * @description Or: so many of the surest, spread over the classes.
             */
            count?: null | number;
            /** @description Reviewed tasks. */
            tasks?: null | unknown[];
        };
        /**
         * @description The kinds of mark that files carry.
         * @enum {unknown}
         */
        MarkKind: "box" | "rotated_box" | "polygon" | "polygons" | "polyline" | "keypoints" | "ellipse" | "mask" | "cuboid" | "text_span";
        /** @description Who the caller is. */
        Me: {
            /** @description Compartments that they are cleared for in this organization. */
            compartments: components["schemas"]["NamedCompartment"][];
            contributor_id: components["schemas"]["ContributorId"];
            display_name: string;
            email: null | string;
            /** @description Every organization that the person may enter; a sign-in names one of them. */
            memberships: components["schemas"]["Membership"][];
            organization: components["schemas"]["Membership"];
            role: components["schemas"]["Role"];
            simulated: boolean;
        };
        Membership: {
            id: components["schemas"]["OrganizationId"];
            name: string;
            role: components["schemas"]["Role"];
        };
        /** @description A file that the manifest names and that is not there as it was written. */
        MissingFile: {
            /** @description What it held. */
            kind: components["schemas"]["OutputKind"];
            /** @description Its path below the run's folder. */
            name: string;
            /** @description Gone, of another size, or of another content. */
            problem: string;
        };
        MyWorkBody: {
            /**
             * Format: int64
             * @description Active time in them and in training.
             */
            active_milliseconds: number;
            /**
             * Format: date
             * @description The UTC day that is counted.
             */
            day: string;
            /** @description Tokens of live leases, oldest first. */
            held: unknown[];
            /** @description The same by project, of those with work or with training to do. */
            projects: components["schemas"]["MyWorkProjectRow"][];
            /**
             * Format: int32
             * @description Submitted on it.
             */
            responses: number;
        };
        MyWorkProjectRow: {
            /**
             * Format: int64
             * @description Active time in them and in training.
             */
            active_milliseconds: number;
            /** @description The project. */
            project: components["schemas"]["ProjectId"];
            /**
             * Format: int32
             * @description Submitted in it.
             */
            responses: number;
            /**
             * Format: int32
             * @description Training tasks answered.
             * @default 0
             */
            training_answers: number;
            /**
             * Format: int32
             * @description Training tasks that come before ordinary work; 0 when none do.
             * @default 0
             */
            training_left: number;
            /**
             * Format: int32
             * @description All of that training.
             * @default 0
             */
            training_of: number;
        };
        NamedCompartment: {
            id: components["schemas"]["CompartmentId"];
            name: string;
        };
        /** @description What came of asking for work: a lease, or the reason why there is none. */
        NextBody: {
            lease: null | components["schemas"]["LeaseBody"];
            reason: null | string;
        };
        /** @description A look that can be taken. */
        NextLook: {
            /**
             * Format: int32
             * @description Tasks audited by then, all together.
             */
            audited: number;
            /**
             * Format: int32
             * @description Which, from 1.
             */
            look: number;
        };
        /** @description The lease, or why there is none. */
        NextReviewBody: {
            lease: null | components["schemas"]["ReviewLeaseBody"];
            reason: null | string;
        };
        NextTrainingBody: {
            /** @description What to look at. */
            inputs: components["schemas"]["InputBody"][];
            /** @description Markdown of the project. */
            instructions: string;
            /**
             * Format: int32
             * @description Training tasks before ordinary work, this one among them.
             */
            left: number;
            /** @description What the person who asked for the training wrote; null where the project asks it of everybody. */
            note: null | string;
            /**
             * Format: int32
             * @description All of this training.
             */
            of: number;
            /** @description Where that version is read. */
            ontology_url: string;
            /**
             * Format: int32
             * @description What the answers are checked against.
             */
            ontology_version: number;
            /** @description The project. */
            project: components["schemas"]["ProjectId"];
            /** @description Names the training task. */
            task: components["schemas"]["LabelTaskId"];
        };
        /** @description One difference between two versions. */
        OntologyDifference: {
            /** @description One line for people. */
            description: string;
            /** @description Ids of up to 20 of the invalid ones. */
            examples: string[];
            /**
             * Format: int32
             * @description Existing answer sets that it would make invalid.
             */
            invalid: number;
            /** @description A stable name in snake_case, such as `class_removed`. */
            kind: string;
            /** @description RFC 6901 pointer into the newer ontology, or into the older one where something was removed. */
            pointer: string;
            /**
             * Format: int32
             * @description Existing answer sets that use what it changes and stay valid, such as those of a renamed class.
             */
            touched: number;
        };
        /** @description What a change of ontology would do. */
        OntologyImpact: {
            /**
             * Format: int32
             * @description Those that were not valid under the older version either; nothing more is said of them.
             */
            already_invalid: number;
            /**
             * Format: int32
             * @description Answer sets looked at.
             */
            answers: number;
            /** @description Each difference with what it does. */
            differences: components["schemas"]["OntologyDifference"][];
            /**
             * Format: int32
             * @description Those that it would make invalid.
             */
            invalid: number;
            /**
             * Format: int32
             * @description Those that are valid under the newer version, after renames.
             */
            valid: number;
        };
        /** @description An order to a bound as managers see it. */
        OrderBody: {
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            ended_at: null | string;
            /** @description The order. */
            id: components["schemas"]["BoundOrderId"];
            /** @description What was planned for it. */
            plan: components["schemas"]["OrderPlanBody"];
            /** @description How it stands now. */
            progress: components["schemas"]["OrderProgress"];
            /** @description Its project. */
            project: components["schemas"]["ProjectId"];
            /** @description What was ordered. */
            terms: components["schemas"]["OrderTerms"];
        };
        /** @description What an order will take. */
        OrderPlanBody: {
            /**
             * Format: double
             * @description Answers a task on average.
             */
            answers_per_item: number;
            /**
             * Format: double
             * @description Share of a contributor's answers that the plan takes to be wrong.
             */
            contributor_errors: number;
            /**
             * Format: double
             * @description Accuracy of the labels that comes of it.
             */
            expected_accuracy: number;
            /**
             * Format: double
             * @description Tasks audited on average.
             */
            expected_audited: number;
            /**
             * Format: int64
             * @description Cost on average.
             */
            expected_cost_minor: number;
            /**
             * Format: int32
             * @description Answers to gold, all contributors together.
             */
            gold_answers: number;
            /** @description Whether the bound is met with enough probability within the budget. */
            is_feasible: boolean;
            /**
             * Format: int32
             * @description Tasks to label.
             */
            items: number;
            /**
             * Format: int64
             * @description Cost if the audit goes to its last look.
             */
            largest_cost_minor: number;
            /** @description The looks at the audit, in order. */
            looks: components["schemas"]["LookBody"][];
            /** @description Opinions a task: the project's overlap once the order is made. */
            overlap: components["schemas"]["OverlapSettings"];
            /**
             * Format: double
             * @description Probability that some look meets the bound.
             */
            power: number;
            /** @description Why, or why not, in a sentence. */
            reason: string;
            /**
             * Format: double
             * @description Share of the audited tasks that two auditors judge.
             */
            twice: number;
        };
        /** @description How an order stands. */
        OrderProgress: {
            /**
             * Format: double
             * @description The estimate, auditors' errors taken out; null before anything was judged.
             */
            accuracy: null | number;
            /**
             * Format: int32
             * @description Those that were judged.
             */
            audited: number;
            /**
             * Format: int32
             * @description Tasks drawn for the audit.
             */
            drawn: number;
            /**
             * Format: int32
             * @description Of these, those that auditors called wrong.
             */
            errors: number;
            /**
             * Format: int32
             * @description Looks taken so far.
             */
            look: number;
            /**
             * Format: double
             * @description Lower bound at the confidence of the last look that was judged whole; null before.
             */
            lower_bound: null | number;
            next_look: null | components["schemas"]["NextLook"];
            /** @description The same for people, with what to do next. */
            sentence: string;
            /**
             * Format: int64
             * @description What answers and judgements since the order have cost.
             */
            spent_minor: number;
            /** @description Whether it runs. */
            state: components["schemas"]["OrderState"];
            /**
             * Format: int32
             * @description Tasks of the project that are not withdrawn.
             */
            tasks: number;
            /**
             * Format: int32
             * @description Those with an accepted answer.
             */
            tasks_done: number;
        };
        /**
         * @description How an order ended, or that it runs.
         * @enum {unknown}
         */
        OrderState: "running" | "met" | "not_met" | "cancelled";
        /** @description What is ordered: tasks of which at least a share is right throughout, shown with a confidence, for at most so much money. */
        OrderTerms: {
            /**
             * Format: double
             * @description Share of tasks that are right throughout, in (0, 1).
             */
            accuracy: number;
            /**
             * Format: double
             * @description Cost of one answer of a contributor.
             * @default 0
             */
            answer_cost_minor: number;
            /**
             * Format: double
             * @description Cost of one judgement of an auditor.
             * @default 0
             */
            audit_cost_minor: number;
            /**
             * Format: int64
             * @description Money there is, in minor units such as cents.
             * @default 0
             */
            budget_minor: number;
            /**
             * Format: double
             * @description Of the promise, one-sided, in (0.5, 1); 0.95 without it.
             * @default 0.95
             */
            confidence: number;
            /**
             * Format: double
             * @description Share of a contributor's answers that are wrong, as far as it is known; without it, it follows from how often contributors agree so far, or is taken to be a tenth.
             */
            contributor_errors?: null | number;
            /**
             * Format: int32
             * @description Times the audit is looked at, at most; 4 without it.
             * @default 4
             */
            looks: number;
        };
        /**
         * Format: uuid
         * @description An organization.
         */
        OrganizationId: string;
        /** @description Where labels come from; the first three add up to the labels. */
        OriginCounts: {
            /** Format: int32 */
            human: number;
            /** Format: int32 */
            model: number;
            /** Format: int32 */
            simulated: number;
            /** Format: int32 */
            synthetic_assets: number;
        };
        /**
         * @description What a file of a run holds.
         * @enum {unknown}
         */
        OutputKind: "kept" | "dropped" | "fates" | "clusters" | "faults";
        /** @description What adaptive overlap does: as many answers as each task needs. */
        OverlapBody: {
            /** @description Done tasks by the responses that they took. */
            by_responses: components["schemas"]["OverlapCountBody"][];
            /**
             * Format: double
             * @description From which a consensus stands.
             */
            confidence: number;
            /**
             * Format: int64
             * @description What they would have taken if each had got as many as the settings allowed when it was answered last; settings that came later do not count.
             */
            fixed_responses: number;
            /**
             * Format: int32
             * @description Responses that a task gets at most.
             */
            max: number;
            /**
             * Format: int32
             * @description Responses that every task gets.
             */
            min: number;
            /**
             * Format: int64
             * @description Responses that they took.
             */
            responses: number;
            /**
             * Format: double
             * @description Share of that which was not needed; null while nothing is done.
             */
            saved: null | number;
            /**
             * Format: int32
             * @description Done tasks.
             */
            tasks_done: number;
        };
        OverlapCountBody: {
            /**
             * Format: int32
             * @description Responses of a task.
             */
            responses: number;
            /**
             * Format: int32
             * @description Done tasks with so many.
             */
            tasks: number;
        };
        OverlapSettings: {
            /** Format: double */
            confidence: number;
            /** Format: int32 */
            max: number;
            /** Format: int32 */
            min: number;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfApiKeyRow: {
            items: components["schemas"]["ApiKeyRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfAssetRow: {
            items: components["schemas"]["AssetRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfAuditBody: {
            items: components["schemas"]["AuditBody"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfBatchRow: {
            items: components["schemas"]["BatchRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfContributorQualityRow: {
            items: components["schemas"]["ContributorQualityRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfContributorRow: {
            items: components["schemas"]["ContributorRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfCorpusRow: {
            items: components["schemas"]["CorpusRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfJobRow: {
            items: components["schemas"]["JobRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfListBatchesFaultRow: {
            items: components["schemas"]["ListBatchesFaultRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfListCompartmentsRow: {
            items: components["schemas"]["ListCompartmentsRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfListContributorsRow: {
            items: components["schemas"]["ListContributorsRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfListGoldRow: {
            items: components["schemas"]["ListGoldRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfListOntologiesRow: {
            items: components["schemas"]["ListOntologiesRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfListOntologyPacksRow: {
            items: components["schemas"]["ListOntologyPacksRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfListOpenReviewsRow: {
            items: components["schemas"]["ListOpenReviewsRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfListReviewsRow: {
            items: components["schemas"]["ListReviewsRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfOrderBody: {
            items: components["schemas"]["OrderBody"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfProjectRow: {
            items: components["schemas"]["ProjectRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfReleaseBody: {
            items: components["schemas"]["ReleaseBody"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfSuspectBody: {
            items: components["schemas"]["SuspectBody"][];
            next: null | string;
        };
        PlanAuditPlan: {
            /**
             * Format: int32
             * @description In a simple random sample, wrong tasks up to which the promise holds.
             */
            allowed_errors: null | number;
            /**
             * Format: int32
             * @description People who may judge it.
             */
            auditors: number;
            /**
             * Format: double
             * @description Mean confidence of the consensus: what the labels seem to be.
             */
            expected_accuracy: number;
            /**
             * Format: int32
             * @description Done tasks.
             */
            population: number;
            /**
             * Format: double
             * @description Probability that the audit shows it, if the labels are as good as they seem; null where they seem to be below the promise.
             */
            power: null | number;
            /** @description The same for people. */
            sentence: string;
            /**
             * Format: int32
             * @description Tasks to audit; null where no audit of these tasks can show it.
             */
            size: null | number;
            /** @description How the audit would be shared out; null for a simple random sample. */
            strata: null | components["schemas"]["PlanAuditStratum"][];
            /**
             * Format: double
             * @description Share that two of them would judge by default.
             */
            twice: number;
        };
        PlanAuditRequest: {
            /**
             * Format: double
             * @description Share of tasks that are right throughout, to be promised; in (0, 1).
             */
            accuracy: number;
            /**
             * Format: double
             * @description Of the promise, one-sided, in (0.5, 1).
             * @default 0.95
             */
            confidence: number;
            strata?: null | components["schemas"]["AuditStratification"];
        };
        PlanAuditStratum: {
            name: string;
            /** Format: int32 */
            population: number;
            /** Format: int32 */
            size: number;
        };
        PlanOrderAnswer: {
            /** @description What it would take. */
            plan: components["schemas"]["OrderPlanBody"];
        };
        /** @description Some answers in a row. */
        PointBody: {
            /**
             * Format: int32
             * @description How many.
             */
            answers: number;
            /**
             * Format: date-time
             * @description Time of the first.
             */
            from: string;
            /**
             * Format: double
             * @description Upper end.
             */
            high: number;
            /**
             * Format: double
             * @description Lower end of its 95 % interval.
             */
            low: number;
            /**
             * Format: double
             * @description Share that is right.
             */
            right: number;
            /**
             * Format: date-time
             * @description Time of the last.
             */
            to: string;
        };
        /** @description A proposal that the work begins with: who answers may keep, change or remove any of it, and what is submitted is theirs. */
        PrelabelBody: {
            /** @description As answers are submitted. */
            answers: components["schemas"]["JsonElement"];
            /** @description Whose it is. */
            origin: string;
        };
        /**
         * @description What becomes a proposal to begin with.
         * @default predictions
         * @enum {unknown}
         */
        PrelabelSource: "predictions" | "annotations";
        /** @description A refusal (RFC 9457). Some codes bring members of their own. */
        Problem: {
            /** @description The stable reason, for programs. */
            code: string;
            detail?: string;
            /** @description With "invalid": each thing that is wrong. */
            errors?: {
                /** Format: int32 */
                column?: number;
                expected: string;
                found: string;
                /** Format: int32 */
                line?: number;
                pointer: string;
            }[];
            /** Format: int32 */
            status: number;
            title?: string;
            trace_id?: string;
        };
        /** @description A project's figures, derived from the outbox: they follow what happens by a moment. */
        Progress: {
            /**
             * Format: double
             * @description Mean over tasks of the mean pairwise agreement, in [0, 1]; null before two people answered one task.
             */
            agreement: null | number;
            /** Format: int64 */
            audit_tasks: number;
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            gold_tasks: number;
            /** Format: int64 */
            in_review: number;
            /** Format: date-time */
            last_response_at: null | string;
            /** Format: int64 */
            open: number;
            /** Format: int64 */
            responses: number;
            /** Format: int64 */
            skips: number;
            /** Format: int64 */
            tasks: number;
            /** Format: int64 */
            withdrawn: number;
        };
        /** Format: uuid */
        ProjectId: string;
        /** @description The quality of a project at one moment. */
        ProjectQualityBody: {
            /**
             * Format: date-time
             * @description When it was measured.
             */
            as_of: string;
            /** @description What the crowd says when each label is true. */
            confusion: components["schemas"]["ConfusionBody"][];
            /** @description What labels cost. */
            cost: components["schemas"]["LabelCostBody"];
            /** @description What adaptive overlap saved. */
            overlap: components["schemas"]["OverlapBody"];
            /** @description The project. */
            project: components["schemas"]["ProjectId"];
            /** @description Agreement on each question. */
            questions: components["schemas"]["QuestionAgreementBody"][];
            /**
             * Format: int32
             * @description Responses in force to them.
             */
            responses: number;
            /**
             * Format: int32
             * @description Tasks looked at: those answered last.
             */
            tasks: number;
        };
        /** @description A project as everybody who may see it sees it. */
        ProjectRow: {
            /** Format: date-time */
            created_at: string;
            description: string;
            id: components["schemas"]["ProjectId"];
            input_kind: string;
            name: string;
            /** Format: int32 */
            ontology_version: number;
            progress: null | components["schemas"]["Progress"];
            state: components["schemas"]["ProjectState"];
            synthetic: boolean;
        };
        /** @description How a project's work is done, named as in the project file. */
        ProjectSettings: {
            audit: components["schemas"]["AuditSettings"];
            compartment_id: null | components["schemas"]["CompartmentId"];
            evaluation: components["schemas"]["EvaluationSettings"];
            gold: components["schemas"]["GoldSettings"];
            /** Format: int32 */
            lease_minutes: number;
            overlap: components["schemas"]["OverlapSettings"];
            review: components["schemas"]["ReviewSettings"];
            training: components["schemas"]["TrainingSettings"];
        };
        /** @enum {unknown} */
        ProjectState: "active" | "paused" | "archived";
        /** @description One project. */
        ProjectView: {
            /** Format: date-time */
            created_at: string;
            description: string;
            id: components["schemas"]["ProjectId"];
            input_kind: string;
            /** @description Markdown for contributors. */
            instructions: string;
            name: string;
            /** Format: int32 */
            ontology_version: number;
            settings: null | components["schemas"]["ProjectSettings"];
            state: components["schemas"]["ProjectState"];
            synthetic: boolean;
            /** Format: int32 */
            version: number;
        };
        PutDraftRequest: {
            /** Format: int32 */
            base_version: number;
            body: components["schemas"]["JsonElement"];
        };
        PutDraftSaved: {
            /** Format: date-time */
            expires_at: string;
            /** Format: int32 */
            version: number;
        };
        /** @description How far people agree on one question. */
        QuestionAgreementBody: {
            /** @description Agreement on each option or class. */
            classes: components["schemas"]["ClassAgreementBody"][];
            /** @description Coefficients with 95 % intervals; those that fit the kind. */
            coefficients: components["schemas"]["CoefficientBody"][];
            /** @description The question. */
            id: string;
            /** @description Its kind. */
            kind: components["schemas"]["QuestionKind"];
            /** @description As people read it. */
            title: string;
            /** @description Where one label prevails so much that kappa misleads: a sentence. */
            warning: null | string;
        };
        /**
         * @description The kinds of question.
         * @enum {unknown}
         */
        QuestionKind: "shapes" | "choice" | "rating" | "text" | "number";
        /** @description Proof that an answer is stored durably. */
        ReceiptBody: {
            next: null | components["schemas"]["NextBody"];
            /**
             * Format: date-time
             * @description When it was stored; the same for a repeat.
             */
            submitted_at: string;
            /** @description The lease. */
            token: string;
        };
        /** @description A data set that a format found. */
        Recognition: {
            /**
             * Format: double
             * @description From 0 to 1: 1 where only this format looks so, 0.5 where it could be another one.
             */
            certainty: number;
            /** @description The format's id. */
            format: string;
            /** @description The file or folder below the source that holds it; empty for the source as a whole. */
            place: string;
            /** @description What it was recognised by, for people. */
            reason: string;
        };
        /** @description A release as managers see it. */
        ReleaseBody: {
            /**
             * Format: date-time
             * @description When it was asked for.
             */
            created_at: string;
            /** @description Its name, once published. */
            digest: null | string;
            /** @description Why it failed. */
            error: null | string;
            /** @description The release. */
            id: components["schemas"]["ReleaseId"];
            /** @description The job that builds it. */
            job: components["schemas"]["JobId"];
            /**
             * Format: int32
             * @description Counts from 1 within the project.
             */
            number: number;
            /** @description Its project. */
            project: components["schemas"]["ProjectId"];
            /**
             * Format: date-time
             * @description When it was published.
             */
            published_at: null | string;
            /** @description Building, published or failed. */
            state: components["schemas"]["ReleaseState"];
            summary: null | components["schemas"]["ReleaseSummary"];
        };
        /**
         * Format: uuid
         * @description A release in another format.
         */
        ReleaseExportId: string;
        /**
         * Format: uuid
         * @description A release.
         */
        ReleaseId: string;
        /** @enum {unknown} */
        ReleaseState: "building" | "published" | "failed";
        /** @description The part of release.json that a list shows. */
        ReleaseSummary: {
            assay: components["schemas"]["AssayStatus"];
            auditors: components["schemas"]["AuditorFigure"][];
            figures: components["schemas"]["AssayFigure"][];
            /** Format: int32 */
            files: number;
            gold_figures: components["schemas"]["AssayFigure"][];
            /** Format: int32 */
            images: number;
            /** Format: int32 */
            labels: number;
            origin: components["schemas"]["OriginCounts"];
            /** Format: int32 */
            shapes: number;
        };
        /** @description A number of documents with what is in them. */
        ReportAmount: {
            /**
             * Format: int64
             * @description Bytes in UTF-8; null in runs of versions that did not count them.
             */
            bytes: null | number;
            /**
             * Format: int64
             * @description Unicode code points.
             */
            characters: number;
            /**
             * Format: int64
             * @description Documents.
             */
            documents: number;
            /**
             * Format: int64
             * @description Runs of characters that are no white space.
             */
            words: number;
        };
        /** @description What a report leaves out. */
        ReportClipping: {
            /**
             * Format: int32
             * @description Documents shown for each reason, and of the kept ones.
             */
            examples_per_reason: number;
            /** @description Whether the run wrote dropped documents aside. */
            has_dropped: boolean;
            /** @description True where only the first part of the outputs was looked through for examples. */
            is_part: boolean;
            /** @description What was cut, in sentences. */
            notes: string[];
            /**
             * Format: int32
             * @description UTF-16 units shown of a text.
             */
            text_length: number;
        };
        /** @description A cluster of near-duplicates. */
        ReportCluster: {
            /** @description Whether it is shown as one of the largest; false for those drawn by a hash. */
            is_largest: boolean;
            /** @description The one that stays first, then others in the order of the corpus. */
            members: components["schemas"]["ReportMember"][];
            /**
             * Format: int64
             * @description Its number among all, in the order of their first documents.
             */
            number: number;
            /**
             * Format: int32
             * @description Documents in it.
             */
            size: number;
        };
        /** @description Near-duplicates that one step found. */
        ReportClusters: {
            /**
             * Format: int64
             * @description All clusters.
             */
            cluster_count: number;
            /**
             * Format: int64
             * @description Documents in them.
             */
            document_count: number;
            /** @description The rule by which one document of each cluster stays, such as `longest`. */
            keep: string;
            /** @description What is missing and why; null where nothing is. */
            note: null | string;
            /** @description The largest clusters, and some others drawn by a hash. */
            shown: components["schemas"]["ReportCluster"][];
            /** @description How many clusters have which size, the smallest first. */
            sizes: components["schemas"]["ReportClusterSize"][];
            /** @description Id of the step. */
            step: string;
        };
        /** @description How many clusters have a size. */
        ReportClusterSize: {
            /**
             * Format: int64
             * @description Clusters with so many.
             */
            clusters: number;
            /**
             * Format: int32
             * @description Fewest documents.
             */
            from: number;
            /**
             * Format: int32
             * @description Most documents.
             */
            to: number;
        };
        /** @description A named count. */
        ReportCount: {
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /** @description Stable snake_case name. */
            name: string;
        };
        /** @description A document to look at. */
        ReportExample: {
            /**
             * Format: int64
             * @description Code points of the whole text.
             */
            characters: number;
            /** @description File of the source that it came from; null where the output does not tell. */
            file: null | string;
            /** @description Its name. */
            id: string;
            /** @description Whether the text goes on. */
            is_cut: boolean;
            /** @description Whether it is in the sink. */
            is_kept: boolean;
            /**
             * Format: int64
             * @description Line of that file; null where it is not known.
             */
            line: null | number;
            /** @description The reason; null where it was kept. */
            reason: null | string;
            /** @description What the step's rules measured, the one that decided first; empty for kept documents and for steps that look at all documents together. */
            rules: components["schemas"]["ReportRule"][];
            /** @description Id of the step that dropped it; null where it was kept. */
            step: null | string;
            /** @description The beginning of its text: as written to the sink, or as the step saw it that dropped it. */
            text: string;
            /**
             * Format: int64
             * @description Words of the whole text.
             */
            words: number;
        };
        /** @description Something of the source that could not become a document. */
        ReportFault: {
            /** @description Stable snake_case name. */
            code: string;
            /** @description The file. */
            file: string;
            /**
             * Format: int64
             * @description Its line from 1; null for files without lines.
             */
            line: null | number;
            /** @description What was expected and what was found. */
            message: string;
            /**
             * Format: int64
             * @description First byte of it, in the decompressed file.
             */
            offset: number;
        };
        /** @description What could not be read. */
        ReportFaults: {
            /** @description How many there are of each code. */
            codes: components["schemas"]["ReportCount"][];
            /** @description The first ones with their places. */
            shown: components["schemas"]["ReportFault"][];
            /**
             * Format: int64
             * @description All faults.
             */
            total: number;
        };
        /** @description A file of the source. */
        ReportInput: {
            /**
             * Format: int64
             * @description Its size on the disk.
             */
            bytes: number;
            /** @description Its path as the run saw it. */
            file: string;
            /** @description SHA-256 over its size and its first, middle and last 64 KiB; of an object in a bucket its entity tag. */
            sample: string;
        };
        /** @description A document of a cluster. */
        ReportMember: {
            /**
             * Format: int64
             * @description Code points of its text as the step saw it.
             */
            characters: number;
            /** @description Words that the cluster's first document does not have at that place, in UTF-16 units of Text. */
            extra: components["schemas"]["ReportSpan"][];
            /** @description Its name. */
            id: string;
            /** @description Whether the text goes on. */
            is_cut: boolean;
            /** @description Whether the step kept it. */
            is_kept: boolean;
            /** @description Words of the first document's text that this one does not have, in UTF-16 units of that text. */
            lacking: components["schemas"]["ReportSpan"][];
            /**
             * Format: double
             * @description Its score where the highest one stays; null otherwise and where it has none.
             */
            score: null | number;
            /** @description The beginning of its text as the run wrote it; null where it wrote none, or where its examples were not reached. */
            text: null | string;
            /**
             * Format: int64
             * @description Words of it.
             */
            words: number;
        };
        /** @description A file that a run wrote. */
        ReportOutput: {
            /**
             * Format: int64
             * @description Its size.
             */
            bytes: number;
            /**
             * Format: int64
             * @description Documents in it.
             */
            documents: number;
            /** @description What it holds. */
            kind: components["schemas"]["OutputKind"];
            /** @description Its path below the run's folder. */
            name: string;
            /** @description Digest of its bytes. */
            sha256: string;
        };
        /** @description A parameter of a step. */
        ReportParameter: {
            /** @description Its name in pipeline files. */
            name: string;
            /** @description Its value in JSON, cut short where it is long. */
            value: string;
        };
        /** @description What a step dropped for one reason. */
        ReportReason: {
            /** @description How much, as it came to the step. */
            amount: components["schemas"]["ReportAmount"];
            /** @description Name of the rule. */
            reason: string;
        };
        /** @description One rule upon one document. */
        ReportRule: {
            /** @description On which side of the threshold it drops. */
            comparison: components["schemas"]["RuleComparison"];
            /** @description Whether it drops the document. */
            falls: boolean;
            /** @description The reason that it drops by. */
            rule: string;
            /** @description Where in the shown text it found what it measures, in UTF-16 units; only for rules that drop. */
            spans: components["schemas"]["ReportSpan"][];
            /**
             * Format: double
             * @description The threshold; null where it has none.
             */
            threshold: null | number;
            /**
             * Format: double
             * @description What was measured; null where the rule does not apply.
             */
            value: null | number;
        };
        /** @description What a run read from. */
        ReportSource: {
            /**
             * Format: int64
             * @description Bytes of all files, decompressed.
             */
            bytes: number;
            /**
             * Format: int32
             * @description Number of files.
             */
            file_count: number;
            /** @description The first of them. */
            files: components["schemas"]["ReportInput"][];
        };
        /** @description A part of a text. */
        ReportSpan: {
            /**
             * Format: int32
             * @description Number of UTF-16 units.
             */
            length: number;
            /**
             * Format: int32
             * @description First UTF-16 unit.
             */
            start: number;
        };
        /** @description A step with its parameters and what it did. */
        ReportStep: {
            /**
             * Format: int64
             * @description Characters that its changes took away, less those they added.
             */
            characters_cut: number;
            /** @description What it dropped by reason, the most documents first. */
            dropped: components["schemas"]["ReportReason"][];
            /**
             * Format: int64
             * @description Documents whose text it changed.
             */
            edited: number;
            /** @description Documents that came to it. */
            entered: components["schemas"]["ReportAmount"];
            /** @description Name of its rules with the implementation that they follow. */
            id: string;
            /** @description Why examples of this step have no values of rules; null where they have. */
            note: null | string;
            /** @description All parameters that are set. */
            parameters: components["schemas"]["ReportParameter"][];
            /** @description Its name in the pipeline file. */
            step: string;
            /**
             * Format: int64
             * @description Words that its changes took away, less those they added.
             */
            words_cut: number;
        };
        /** @description What a run took. */
        ReportUsage: {
            /**
             * Format: double
             * @description Processor time of all threads.
             */
            core_seconds: number;
            /**
             * Format: double
             * @description Energy of the processor packages meanwhile; null where the machine does not tell.
             */
            joules: null | number;
            /**
             * Format: int32
             * @description Times that the run was begun or went on.
             */
            sessions: number;
            /**
             * Format: double
             * @description Time on the clock.
             */
            wall_seconds: number;
            /**
             * Format: int32
             * @description Threads that judged documents in the last session.
             */
            workers: number;
        };
        RequeueSuspectsRefusedTask: {
            reason: components["schemas"]["RequeueSuspectsRequeueRefusal"];
            task: components["schemas"]["LabelTaskId"];
        };
        RequeueSuspectsRequeueReceipt: {
            /** @description The others, each with the reason. */
            refused: components["schemas"]["RequeueSuspectsRefusedTask"][];
            /**
             * Format: int32
             * @description Tasks that are in review now.
             */
            requeued: number;
        };
        /**
         * @description Why a task is not put into review.
         * @enum {unknown}
         */
        RequeueSuspectsRequeueRefusal: "not_found" | "not_done" | "not_ordinary" | "in_review";
        RequeueSuspectsRequeueRequest: {
            /** @description Done tasks of the project. */
            tasks: unknown[];
        };
        /**
         * Format: uuid
         * @description A submitted answer set.
         */
        ResponseId: string;
        /** @enum {unknown} */
        ReviewDecision: "accept" | "edit" | "send_back" | "withdraw" | "reopen" | "keep";
        /** @description Somebody whose answer is reviewed. */
        ReviewedContributor: {
            display_name: string;
            id: components["schemas"]["ContributorId"];
            simulated: boolean;
        };
        /** @description A response as a reviewer sees it. */
        ReviewedResponse: {
            /** @description What was said. */
            answers: components["schemas"]["JsonElement"];
            contributor: null | components["schemas"]["ReviewedContributor"];
            /** @description Whether it was given after another was sent back. */
            is_correction: boolean;
            /** @description A, B, C ... for people. */
            letter: string;
            /** @description Its id, to send it back by. */
            response: components["schemas"]["ResponseId"];
        };
        /**
         * Format: uuid
         * @description A decision upon a consensus.
         */
        ReviewId: string;
        /** @description A task to be decided: what was said, by nobody in particular, and what the engine makes of it. */
        ReviewLeaseBody: {
            /**
             * Format: double
             * @description What confidence the project asks of a consensus that stands by itself.
             */
            confidence_wanted: number;
            consensus: null | components["schemas"]["ConsensusBody"];
            earlier: null | components["schemas"]["EarlierReview"];
            /**
             * Format: date-time
             * @description Until when it is kept.
             */
            expires_at: string;
            /** @description Its owner's id. */
            external_id: null | string;
            /** @description What to look at. */
            inputs: components["schemas"]["InputBody"][];
            /**
             * Format: date-time
             * @description When the lease was given.
             */
            issued_at: string;
            /** @description Where that version is read. */
            ontology_url: string;
            /**
             * Format: int32
             * @description What answers are checked against.
             */
            ontology_version: number;
            /** @description The project. */
            project: components["schemas"]["ProjectId"];
            /** @description Why a person has to decide. */
            reason: components["schemas"]["ReviewReason"];
            /** @description The responses in force. */
            responses: components["schemas"]["ReviewedResponse"][];
            /** @description The task. */
            task: components["schemas"]["LabelTaskId"];
            /** @description Names the review lease. */
            token: components["schemas"]["LeaseToken"];
        };
        /** @enum {unknown} */
        ReviewPolicy: "never" | "below_confidence" | "always";
        /**
         * @description Why a person has to decide a task.
         * @enum {unknown}
         */
        ReviewReason: "low_confidence" | "few_answers" | "sent_back" | "reopened" | "always" | "unfit";
        ReviewSettings: {
            when: components["schemas"]["ReviewPolicy"];
        };
        /**
         * @description What a contributor may do in an organization; each role may do what those before it may.
         * @enum {unknown}
         */
        Role: "contributor" | "reviewer" | "manager" | "owner";
        /**
         * @description On which side of its threshold a rule drops.
         * @enum {unknown}
         */
        RuleComparison: "above" | "below";
        SetGoldRequest: {
            /** @description As a contributor would submit them. */
            answers: components["schemas"]["JsonElement"];
        };
        SetGoldView: {
            answers: components["schemas"]["JsonElement"];
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["ContributorId"];
            /** Format: date-time */
            retired_at: null | string;
            task_id: components["schemas"]["LabelTaskId"];
        };
        SetPriorityRequest: {
            /** Format: int32 */
            priority: number;
        };
        SetTrainingRequest: {
            /** @description As a contributor would submit them. */
            answers: components["schemas"]["JsonElement"];
            /** @description Why they are what they are; told with the feedback. */
            explanation?: null | string;
        };
        SetTrainingView: {
            answers: components["schemas"]["JsonElement"];
            /** Format: date-time */
            created_at: string;
            created_by: components["schemas"]["ContributorId"];
            explanation: null | string;
            /** Format: date-time */
            retired_at: null | string;
            task_id: components["schemas"]["LabelTaskId"];
        };
        ShareCorpusShared: {
            /** @description SHA-256 of the report. */
            digest: string;
            /** @description Its id. */
            id: components["schemas"]["CorpusId"];
            /** @description What it is called. */
            name: string;
            /** @description Whether the same report was there before. */
            repeated: boolean;
        };
        /** @enum {unknown} */
        SignInPurpose: "create_owner" | "invitation" | "sign_in";
        SignInRequest: {
            email: string;
            /**
             * Format: uuid
             * @description Which of the person's organizations to enter; the first one joined when left out.
             */
            organization_id?: string;
            password: string;
        };
        SkipLeaseRequest: {
            reason: string;
        };
        /** @description How a contributor stands. */
        StandingBody: {
            /**
             * Format: int32
             * @description Gold tasks until the evaluation ends.
             */
            evaluation_left: number;
            /**
             * Format: date-time
             * @description Since when; null of a newcomer.
             */
            since: null | string;
            /** @description The standing. */
            state: components["schemas"]["StandingWord"];
            /**
             * Format: int32
             * @description Training tasks before ordinary work.
             */
            training_left: number;
        };
        /** @enum {unknown} */
        StandingChoice: "dismiss" | "retrain" | "evaluate" | "restore";
        /** @description A person's decision. */
        StandingDecisionBody: {
            /** @description What was decided. */
            choice: components["schemas"]["StandingChoice"];
            /**
             * Format: date-time
             * @description When.
             */
            decided_at: string;
            /** @description Who. */
            decided_by_name: string;
            /** @description Why, in their words. */
            note: null | string;
        };
        /**
         * @description How somebody stands in a project.
         * @enum {unknown}
         */
        StandingWord: "newcomer" | "working" | "training" | "evaluation";
        /** @description The stopping rule as it applies to one task. */
        StoppingBody: {
            /**
             * Format: double
             * @description Of the consensus; null without one.
             */
            confidence: null | number;
            /**
             * Format: int32
             * @description Responses that a task gets at most.
             */
            max: number;
            /**
             * Format: int32
             * @description Responses that every task gets.
             */
            min: number;
            /** @description Why. */
            reason: components["schemas"]["StoppingReason"];
            /**
             * Format: int32
             * @description Independent responses.
             */
            responses: number;
            /** @description The same for people. */
            sentence: string;
            /**
             * Format: double
             * @description Confidence from which a consensus stands.
             */
            target: number;
        };
        /**
         * @description Why a task is asked of more people, or no more.
         * @enum {unknown}
         */
        StoppingReason: "below_min" | "unsure" | "confident" | "max_reached" | "reviewed" | "passed_by" | "withdrawn" | "reopened" | "sent_back";
        /** @description The body, for the API's description; it is read by SubmitBody. */
        SubmitResponseRequest: {
            /** Format: int64 */
            active_milliseconds: number;
            answers: components["schemas"]["JsonElement"];
        };
        /** @description An accepted label that may be wrong. */
        SuspectBody: {
            /** @description What may be right instead. */
            alternative: null | string;
            /** @description The accepted answer or class; `nothing` where the answers may lack something. */
            answer: string;
            asset: null | components["schemas"]["AssetId"];
            /**
             * Format: double
             * @description The task's, as it was accepted.
             */
            confidence: null | number;
            /** @description Its owner's id. */
            external_id: null | string;
            /** @description The question. */
            question: string;
            /** @description Why it is doubted, in a sentence. */
            reason: string;
            /**
             * Format: double
             * @description How far it is trusted, in [0, 1]: by the witness that trusts it least.
             */
            score: number;
            /** @description Of a shape its id in the answers; null of other answers, and of something that the answers may lack. */
            shape: null | string;
            /** @description The task's state. */
            state: components["schemas"]["TaskState"];
            /** @description The task. */
            task: components["schemas"]["LabelTaskId"];
        };
        /** @description Something about an object that somebody should look at. */
        Suspicion: {
            /** @description The object's class. */
            class: string;
            /** @description A stable word: `outside_image`, `no_area`, `duplicate`, `unknown_class`, `tiny`, `size_differs` or `size_unknown`. */
            kind: string;
            /** @description What was found. */
            message: string;
            /** @description The sample. */
            sample: string;
        };
        /** @enum {unknown} */
        TaskPurpose: "label" | "audit" | "gold" | "training";
        /** @description A task as managers see it. Its purpose tells gold and audits apart, so nobody below manager sees any of it. */
        TaskRow: {
            /**
             * Format: double
             * @description Mean pairwise agreement of its responses, in [0, 1]; null with fewer than two.
             */
            agreement: null | number;
            asset_id: null | components["schemas"]["AssetId"];
            batch_id: components["schemas"]["BatchId"];
            /** Format: double */
            confidence: null | number;
            /** Format: date-time */
            created_at: string;
            external_id: null | string;
            /** @description Name that the asset came with. */
            file_name: null | string;
            id: components["schemas"]["LabelTaskId"];
            /** Format: int32 */
            ontology_version: number;
            /** Format: int32 */
            overlap: number;
            /** Format: int32 */
            priority: number;
            project_id: components["schemas"]["ProjectId"];
            purpose: components["schemas"]["TaskPurpose"];
            /** Format: int32 */
            response_count: number;
            state: components["schemas"]["TaskState"];
        };
        /** @enum {unknown} */
        TaskState: "open" | "in_review" | "done" | "withdrawn";
        /** @description One point on which an answer differs from the known one. */
        TrainingDifference: {
            /** @description `missed`, `spurious`, `class`, `attribute`, `position` or `answer`. */
            kind: string;
            /** @description The known shape that it is about; null where there is none. */
            known_shape: null | string;
            /** @description The same in a sentence. */
            message: string;
            /** @description The question. */
            question: string;
            /** @description The contributor's shape that it is about; null where there is none. */
            shape: null | string;
        };
        TrainingSettings: {
            /**
             * Format: int32
             * @description Training tasks that a newcomer does before ordinary work.
             */
            tasks: number;
        };
        /** @description What is not named stays. */
        UpdateProjectAuditChange: {
            /** Format: double */
            share?: null | number;
            /** Format: double */
            twice?: null | number;
        };
        /** @description What is not named stays. */
        UpdateProjectGoldChange: {
            /** Format: double */
            rate?: null | number;
            /** Format: int32 */
            rotate_after?: null | number;
        };
        UpdateProjectPatch: {
            audit?: null | components["schemas"]["UpdateProjectAuditChange"];
            description?: null | string;
            evaluation?: null | components["schemas"]["EvaluationSettings"];
            gold?: null | components["schemas"]["UpdateProjectGoldChange"];
            instructions?: null | string;
            /** Format: int32 */
            lease_minutes?: null | number;
            name?: null | string;
            overlap?: null | components["schemas"]["OverlapSettings"];
            review?: null | components["schemas"]["ReviewSettings"];
            training?: null | components["schemas"]["TrainingSettings"];
        };
        UpdateProjectStateRequest: {
            state: components["schemas"]["ProjectState"];
        };
        WithdrawAssetRequest: {
            reason: string;
        };
        WithdrawRequeueKeptTask: {
            reason: components["schemas"]["WithdrawRequeueWithdrawRefusal"];
            task: components["schemas"]["LabelTaskId"];
        };
        WithdrawRequeueWithdrawReceipt: {
            /** @description The others, each with the reason. */
            refused: components["schemas"]["WithdrawRequeueKeptTask"][];
            /**
             * Format: int32
             * @description Tasks that are done again.
             */
            withdrawn: number;
        };
        /**
         * @description Why a task stays in review.
         * @enum {unknown}
         */
        WithdrawRequeueWithdrawRefusal: "not_found" | "not_requeued" | "begun" | "decided_before";
        WithdrawRequeueWithdrawRequest: {
            /** @description Tasks of the project that were put back into review. */
            tasks: unknown[];
        };
        /** @enum {string} */
        WordOfGoldKind: string;
        /** @enum {string} */
        WordOfTaskPurpose: string;
        /** @enum {string} */
        WordOfTaskState: string;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    ListAssets: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
                project?: components["schemas"]["ProjectId"];
                sha256?: string;
                withdrawn?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfAssetRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    UploadAsset: {
        parameters: {
            query?: {
                compartment?: components["schemas"]["CompartmentId"];
                file_name?: string;
                project?: components["schemas"]["ProjectId"];
                synthetic?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "image/bmp": string;
                "image/gif": string;
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetRow"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetAssetContent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    WithdrawAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assetId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawAssetRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetAudit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auditId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batchId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListBatchFaults: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path: {
                batchId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfListBatchesFaultRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListCompartments: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfListCompartmentsRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateCompartment: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCompartmentRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateCompartmentCreated"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GrantClearance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                compartmentId: string;
                contributorId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RevokeClearance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                compartmentId: string;
                contributorId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListContributors: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
                simulated?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfContributorRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetContributor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contributorId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContributorRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ChangeRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contributorId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRoleRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContributorRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateSignInLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contributorId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinksIssued"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Suspend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contributorId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    LiftSuspension: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contributorId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateSimulatedContributor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSimulatedRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateSimulatedCreated"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListCorpora: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfCorpusRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ShareCorpus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CurationReport"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareCorpusShared"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareCorpusShared"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetCorpus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                corpusId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListCorporaDetail"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeleteCorpus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                corpusId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                datasetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RemoveDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                datasetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListDatasetFiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                datasetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetFilesList"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    UploadDatasetFile: {
        parameters: {
            query?: {
                path?: string;
            };
            header?: never;
            path: {
                datasetId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetFilesFileRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ImportDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                datasetId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DatasetPlan"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetDatasetPicture: {
        parameters: {
            query?: {
                name?: string;
            };
            header?: never;
            path: {
                datasetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SurveyDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                datasetId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DatasetPlan"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RemoveExample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exampleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetExampleInput: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exampleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetExportArchive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListFormats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListFormatsFormats"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinksIssued"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListJobs: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
                project?: components["schemas"]["ProjectId"];
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfJobRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListKeys: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfApiKeyRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKeyRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateKeyCreated"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RevokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeaseBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PutDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutDraftRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PutDraftSaved"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    HeartbeatLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeartbeatBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetLeaseInput: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                index: number;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SubmitResponse: {
        parameters: {
            query?: {
                next?: boolean;
            };
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitResponseRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ReturnLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SkipLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SkipLeaseRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ChangePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePasswordRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SignOutEverywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetMyWork: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyWorkBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListOntologyPacks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfListOntologyPacksRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOntologyPack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                packName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOntologyPacksView"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CancelOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    TakeLook: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CheckProjectFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": string;
                "application/x-yaml": string;
                "application/yaml": string;
                "text/yaml": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckProjectFileBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListProjects: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
                name?: string;
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfProjectRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateProject: {
        parameters: {
            query?: {
                synthetic?: boolean;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": string;
                "application/x-yaml": string;
                "application/yaml": string;
                "text/yaml": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectView"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectView"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    UpdateProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProjectPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectView"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetActivity: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetActivityBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetAgreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetAgreementBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListAudits: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfAuditBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DrawAudit: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DrawAuditRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PlanAudit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanAuditRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanAuditPlan"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListBatches: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfBatchRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListProjectContributors: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfListContributorsRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetContributorQuality: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contributorId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetContributorQualityContributorQualityBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DecideStanding: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                contributorId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideStandingStandingRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StandingBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListContributorQuality: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfContributorQualityRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListDatasets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetsList"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DatasetsRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    WatchProgress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListExamples: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListExamplesBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetProjectFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListGold: {
        parameters: {
            query?: {
                after?: string;
                kind?: components["schemas"]["WordOfGoldKind"];
                limit?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfListGoldRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MakeGoldFromReviewed: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeGoldRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MakeGoldReport"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListOntologies: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfListOntologiesRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ChangeOntology: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeOntologyRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOntologiesRow"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOntologiesRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetOntology: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOntologiesView"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PreviewOntology: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeOntologyRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeOntologyPreview"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListOrders: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfOrderBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateOrder: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderTerms"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PlanOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderTerms"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanOrderAnswer"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetProgress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Progress"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetQuality: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectQualityBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListReleases: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfReleaseBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateRelease: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateReleaseRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListReviews: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfListReviewsRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NextReview: {
        parameters: {
            query?: {
                task?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NextReviewBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListOpenReviews: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfListOpenReviewsRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SetProjectState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProjectStateRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectView"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListSuspects: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
                question?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfSuspectBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RequeueSuspects: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequeueSuspectsRequeueRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequeueSuspectsRequeueReceipt"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    WithdrawRequeue: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawRequeueWithdrawRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithdrawRequeueWithdrawReceipt"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListTasks: {
        parameters: {
            query?: {
                after?: string;
                agreement_max?: number;
                agreement_min?: number;
                batch?: components["schemas"]["BatchId"];
                class?: string;
                contributor?: components["schemas"]["ContributorId"];
                count?: boolean;
                external_id_prefix?: string;
                limit?: string;
                purpose?: components["schemas"]["WordOfTaskPurpose"];
                state?: components["schemas"]["WordOfTaskState"];
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListTasksTaskPage"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ImportTasks: {
        parameters: {
            query?: {
                batch?: components["schemas"]["BatchId"];
                name?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportTasksReport"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NextTraining: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NextTrainingBody"];
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    NextLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NextBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                releaseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetReleaseArchive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                releaseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListExports: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                releaseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListExportsExports"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ExportRelease: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                releaseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportReleaseRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetReleaseFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                path: string;
                releaseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetReleaseLabel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                releaseId: string;
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonElement"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MakeExample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reviewId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeExampleRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MakeExampleBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetReviewLease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewLeaseBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DecideReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideReviewRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecideReviewReceipt"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AcceptLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptLinkRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    LookAtLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookAtLinkRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookAtLinkAnswer"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskRow"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetConsensus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetConsensusBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetGold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetGoldView"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SetGold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetGoldRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetGoldView"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RetireGold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SetPriority: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPriorityRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListResponses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponsesBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SetTraining: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetTrainingRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetTrainingView"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RetireTraining: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AnswerTraining: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                taskId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerTrainingRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerTrainingBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetTrainingInput: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListWork: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWorkBody"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostRoutesHealth"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
