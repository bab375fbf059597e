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
        /** @description An audit as leads and reviewers see it. */
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
            /** @description The audit. */
            id: components["schemas"]["AuditId"];
            /** @description How it was drawn. */
            method: string;
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
             * @description Tasks in the sample.
             */
            size: number;
        };
        /**
         * Format: uuid
         * @description A random sample judged again.
         */
        AuditId: string;
        AuditSettings: {
            /** Format: double */
            share: number;
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
        /**
         * Format: uuid
         * @description A fence around data within an organization; None where there is none.
         */
        CompartmentId: string;
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
        };
        /** @description What was decided before. */
        EarlierReview: {
            comments: null | components["schemas"]["JsonElement"];
            /** Format: date-time */
            decided_at: string;
            decision: string;
        };
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
            /** Format: int32 */
            responses: number;
            state: components["schemas"]["TaskState"];
            task: components["schemas"]["LabelTaskId"];
        };
        GoldSettings: {
            /** Format: double */
            rate: number;
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
        MyWorkBody: {
            /**
             * Format: int64
             * @description Active time in them.
             */
            active_milliseconds: number;
            /**
             * Format: date
             * @description The UTC day that is counted.
             */
            day: string;
            /** @description Tokens of live leases, oldest first. */
            held: unknown[];
            /** @description The same by project. */
            projects: components["schemas"]["MyWorkProjectRow"][];
            /**
             * Format: int32
             * @description Submitted on it.
             */
            responses: number;
        };
        MyWorkProjectRow: {
            /** Format: int64 */
            active_milliseconds: number;
            project: components["schemas"]["ProjectId"];
            /** Format: int32 */
            responses: number;
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
        /** @description The lease, or why there is none. */
        NextReviewBody: {
            lease: null | components["schemas"]["ReviewLeaseBody"];
            reason: null | string;
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
        PageOfContributorRow: {
            items: components["schemas"]["ContributorRow"][];
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
        PageOfProjectRow: {
            items: components["schemas"]["ProjectRow"][];
            next: null | string;
        };
        /** @description One page of a list; Next asks for the following one as `?after=`, and is null on the last. */
        PageOfReleaseBody: {
            items: components["schemas"]["ReleaseBody"][];
            next: null | string;
        };
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
            gold: components["schemas"]["GoldSettings"];
            /** Format: int32 */
            lease_minutes: number;
            overlap: components["schemas"]["OverlapSettings"];
            review: components["schemas"]["ReviewSettings"];
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
         * @description A release.
         */
        ReleaseId: string;
        /** @enum {unknown} */
        ReleaseState: "building" | "published" | "failed";
        /** @description The part of release.json that a list shows. */
        ReleaseSummary: {
            assay: components["schemas"]["AssayStatus"];
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
        /**
         * Format: uuid
         * @description A submitted answer set.
         */
        ResponseId: string;
        /** @enum {unknown} */
        ReviewDecision: "accept" | "edit" | "send_back" | "withdraw";
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
        ReviewReason: "low_confidence" | "few_answers" | "sent_back" | "always" | "unfit";
        ReviewSettings: {
            when: components["schemas"]["ReviewPolicy"];
        };
        /**
         * @description What a contributor may do in an organization; each role may do what those before it may.
         * @enum {unknown}
         */
        Role: "contributor" | "reviewer" | "manager" | "owner";
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
        /** @description The body, for the API's description; it is read by SubmitBody. */
        SubmitResponseRequest: {
            /** Format: int64 */
            active_milliseconds: number;
            answers: components["schemas"]["JsonElement"];
        };
        /** @enum {unknown} */
        TaskPurpose: "label" | "audit" | "gold";
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
        UpdateProjectPatch: {
            audit?: null | components["schemas"]["AuditSettings"];
            description?: null | string;
            gold?: null | components["schemas"]["GoldSettings"];
            instructions?: null | string;
            /** Format: int32 */
            lease_minutes?: null | number;
            name?: null | string;
            overlap?: null | components["schemas"]["OverlapSettings"];
            review?: null | components["schemas"]["ReviewSettings"];
        };
        UpdateProjectStateRequest: {
            state: components["schemas"]["ProjectState"];
        };
        WithdrawAssetRequest: {
            reason: string;
        };
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
