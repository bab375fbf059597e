using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Touchstone.Quality.Assays;
using Touchstone.Server.Jobs;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Tests.Support;

/// <summary>One row of every kind that a route can name, all of them in a compartment, and the people who must not get at them.</summary>
internal sealed class FencedWorld : IAsyncDisposable
{
    private readonly Dictionary<string, string> _ids = [];

    private static readonly Touchstone.Server.Trust.Consensus.ConsensusDetail ConsensusDetail = new()
    {
        Questions = new Dictionary<string, Touchstone.Server.Trust.Consensus.ConsensusDetail.QuestionDetail>(),
        Objects = [],
        Rejected = [],
        RejectedAnswers = System.Text.Json.JsonElement.Parse("{}"),
        AllRight = 1,
        ExpectedMissed = 0,
    };

    private FencedWorld(House house) => House = house;

    public House House { get; }

    /// <summary>Cleared for the compartment, by role.</summary>
    public Dictionary<Role, House.Member> Cleared { get; } = [];

    /// <summary>Of the organization and the role, but not cleared.</summary>
    public Dictionary<Role, House.Member> Uncleared { get; } = [];

    /// <summary>An owner, cleared and then suspended.</summary>
    public House.Member Suspended { get; private set; } = null!;

    /// <summary>The owner of another organization.</summary>
    public House.Member Foreign { get; private set; } = null!;

    /// <summary>Parameters that name something in the compartment; the others name people, keys and compartments, which have no fence.</summary>
    public static readonly IReadOnlySet<string> Fenced = new HashSet<string> { "projectId", "taskId", "assetId", "batchId", "jobId", "token", "releaseId", "reviewId", "auditId", "orderId", "responseId", "exampleId", "datasetId", "exportId" };

    /// <summary>Parameters that name nobody's row.</summary>
    public static readonly IReadOnlySet<string> Plain = new HashSet<string> { "number", "index", "packName", "file", "path" };

    public static async Task<FencedWorld> MakeAsync(Touchstone.Testing.DatabaseKind kind)
    {
        var house = await House.OpenAsync(kind);
        var world = new FencedWorld(house);
        foreach (var member in (House.Member[])[house.Owner, house.Manager, house.Reviewer, house.Contributor]) world.Uncleared[member.Role] = member;
        foreach (var role in Enum.GetValues<Role>()) world.Cleared[role] = await house.AddAsync(house.OrganizationId, role);
        world.Suspended = await house.AddAsync(house.OrganizationId, Role.Owner);
        world.Foreign = await house.AddAsync(await house.AddOrganizationAsync("Other house"), Role.Owner);
        var compartment = await house.AddCompartmentAsync("fenced", [.. world.Cleared.Values, world.Suspended]);
        (await house.Owner.Http.PutAsync($"contributors/{world.Suspended.Id}/suspension")).NoContent();
        await house.Server.Database.WriteAsync((store, _) => Task.FromResult(world.Fill(store, CompartmentId.Parse(compartment, null))), CancellationToken.None);
        world._ids["compartmentId"] = compartment;
        world._ids["keyId"] = (await house.Owner.Http.PostAsync("keys", new { name = "spare" })).Created().Id;
        world._ids["corpusId"] = (await house.Owner.Http.PostAsync("corpora", Reports.Json())).Created().Id;
        world._ids["contributorId"] = world.Cleared[Role.Contributor].Id.ToString();
        return world;
    }

    /// <summary>What to put for a parameter of a route; <paramref name="missing"/> gives something of the same form that nobody has.</summary>
    public string ValueOf(string parameter, string route, bool missing = false)
    {
        switch (parameter)
        {
            case "number": return "1";
            case "index": return "0";
            case "packName": return "driving/vehicles";
            case "file" or "path": return "release.json";
            case "token":
                return missing ? LeaseToken.New(DateTimeOffset.UnixEpoch).ToString() : _ids[route.Contains("/reviews/", StringComparison.Ordinal) ? "reviewToken" : "token"];
        }

        if (parameter == "taskId" && route.Contains("/training/", StringComparison.Ordinal)) parameter = "trainingTaskId";
        return missing ? Guid.NewGuid().ToString()
            : _ids.TryGetValue(parameter, out var id) ? id
            : throw new InvalidOperationException($"The route {route} names {{{parameter}}}: add a row of that kind to {nameof(FencedWorld)}.");
    }

    /// <summary>Everything in the database, one line a row, but for what reading itself notes down.</summary>
    public async Task<string> EverythingAsync()
    {
        await using var store = House.Server.Database.CreateContext();
        var lines = new List<string>();
        foreach (var type in store.Model.GetEntityTypes())
        {
            var rows = (IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(type.ClrType).Invoke(store, null)!;
            foreach (var row in await rows.AsNoTracking().ToListAsync()) lines.Add(Line(type, row));
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private static string Line(IEntityType type, object row) => $"{type.GetTableName()}: " + string.Join(
        " | ", type.GetProperties().Where(p => p.Name != nameof(ApiKey.LastUsedAt)).Select(p => $"{p.Name}={(p.GetGetter().GetClrValue(row) is byte[] bytes ? Convert.ToHexString(bytes) : p.GetGetter().GetClrValue(row))}"));

    private bool Fill(StoreContext store, CompartmentId compartment)
    {
        var now = House.Server.Clock.Now();
        var (organization, owner, holder, reviewer) = (House.OrganizationId, Cleared[Role.Owner].Id, Cleared[Role.Contributor].Id, Cleared[Role.Reviewer].Id);
        var project = new Project { Id = ProjectId.New(now), OrganizationId = organization, CompartmentId = compartment, Name = "Fenced streets", CreatedAt = now };
        var batch = new Batch { Id = BatchId.New(now), OrganizationId = organization, CompartmentId = compartment, ProjectId = project.Id, Name = "first", CreatedBy = owner, CreatedAt = now, Refused = 1 };
        var asset = new Asset { Id = AssetId.New(now), OrganizationId = organization, CompartmentId = compartment, Sha256 = new string('a', 64), ByteCount = 9, MediaType = "image/png", WidthPx = 40, HeightPx = 30, CreatedAt = now };
        var task = Task(now);
        var inReview = Task(now);
        inReview.State = TaskState.InReview;
        var lease = Lease(task, holder, LeasePurpose.Work);
        var reviewLease = Lease(inReview, reviewer, LeasePurpose.Review);
        var past = Lease(inReview, owner, LeasePurpose.Work);
        past.State = LeaseState.Submitted;
        var response = new Response
        {
            Id = ResponseId.New(now),
            OrganizationId = organization,
            CompartmentId = compartment,
            ProjectId = project.Id,
            TaskId = inReview.Id,
            LeaseId = past.Id,
            ContributorId = owner,
            OntologyVersion = 1,
            Answers = "{}",
            Digest = new byte[32],
            SubmittedAt = now,
        };
        var review = new Review { Id = ReviewId.New(now), OrganizationId = organization, CompartmentId = compartment, ProjectId = project.Id, TaskId = task.Id, ReviewerId = owner, Decision = ReviewDecision.Accept, Answers = "{}", DecidedAt = now };
        var audit = new Audit { Id = AuditId.New(now), OrganizationId = organization, CompartmentId = compartment, ProjectId = project.Id, Population = 2, PopulationIds = new byte[32], Size = 1, Seed = 1, CreatedBy = owner, CreatedAt = now };
        var terms = new Touchstone.Server.Trust.Orders.OrderTerms(0.9, BudgetMinor: 100_000, AnswerCostMinor: 1, AuditCostMinor: 1);
        var plan = AssayOrderPlanner.Plan(new AssayOrder { Accuracy = 0.9, BudgetMinor = 100_000, Items = 500, LabelCount = 3, Contributors = 3, ContributorErrors = 0.1, AnswerCostMinor = 1, AuditCostMinor = 1 });
        var order = new BoundOrder
        {
            Id = BoundOrderId.New(now),
            OrganizationId = organization,
            CompartmentId = compartment,
            ProjectId = project.Id,
            Terms = System.Text.Json.JsonSerializer.Serialize(terms, Touchstone.Server.Trust.StoredJson.Options),
            Plan = System.Text.Json.JsonSerializer.Serialize(plan, Touchstone.Server.Trust.StoredJson.Options),
            CreatedBy = owner,
            CreatedAt = now,
        };
        var job = JobTable.Add(store, "nobodys_kind", "{}", organization, project.Id, owner, now);
        var release = new Release { Id = ReleaseId.New(now), OrganizationId = organization, CompartmentId = compartment, ProjectId = project.Id, Number = 1, JobId = job.Id, CreatedBy = owner, CreatedAt = now };
        var dataset = new StagedDataset { Id = DatasetId.New(now), OrganizationId = organization, CompartmentId = compartment, ProjectId = project.Id, Name = "from elsewhere", CreatedBy = owner, CreatedAt = now };
        var export = new ReleaseExport { Id = ReleaseExportId.New(now), OrganizationId = organization, CompartmentId = compartment, ReleaseId = release.Id, Format = "coco", Options = """{"images":"none","seed":1}""", JobId = job.Id, CreatedBy = owner, CreatedAt = now };
        store.AddRange(project, batch, asset, task, inReview, lease, reviewLease, past, response, review, audit, order, release, dataset, export);
        store.Add(new OntologyVersion { ProjectId = project.Id, Number = 1, OrganizationId = organization, Json = """{"questions":[]}""", Digest = new string('b', 64), CreatedBy = owner, CreatedAt = now });
        store.Add(new Gold { TaskId = task.Id, OrganizationId = organization, CompartmentId = compartment, ProjectId = project.Id, Answers = "{}", CreatedBy = owner, CreatedAt = now });
        var (training, shown) = (Task(now, TaskPurpose.Training), Task(now));
        (training.OpenSlots, shown.OpenSlots, shown.State) = (0, 0, TaskState.Done);
        var example = new InstructionExample { Id = ExampleId.New(now), OrganizationId = organization, CompartmentId = compartment, ProjectId = project.Id, TaskId = shown.Id, Answers = "{}", Caption = "As here.", CreatedBy = owner, CreatedAt = now };
        store.AddRange(training, shown, example);
        store.Add(new Gold { TaskId = training.Id, OrganizationId = organization, CompartmentId = compartment, ProjectId = project.Id, Answers = "{}", Explanation = "Thus.", CreatedBy = owner, CreatedAt = now });
        (_ids["trainingTaskId"], _ids["exampleId"]) = (training.Id.ToString(), example.Id.ToString());
        store.Add(new Draft { LeaseId = lease.Id, OrganizationId = organization, Body = "{}", Version = 1, UpdatedAt = now });
        store.Add(new Consensus
        {
            TaskId = inReview.Id,
            OrganizationId = organization,
            CompartmentId = compartment,
            ProjectId = project.Id,
            Answers = "{}",
            Detail = ConsensusDetail.ToJson(),
            Confidence = 0.5,
            ResponseCount = 1,
            UpdatedAt = now,
        });
        store.Add(new ImportFault { BatchId = batch.Id, OrganizationId = organization, Line = 3, Reason = "malformed_json", Detail = "as found" });
        (_ids["projectId"], _ids["batchId"], _ids["assetId"], _ids["taskId"]) = (project.Id.ToString(), batch.Id.ToString(), asset.Id.ToString(), inReview.Id.ToString());
        (_ids["token"], _ids["reviewToken"], _ids["responseId"], _ids["reviewId"]) = (lease.Token.ToString(), reviewLease.Token.ToString(), response.Id.ToString(), review.Id.ToString());
        (_ids["auditId"], _ids["jobId"], _ids["releaseId"], _ids["orderId"]) = (audit.Id.ToString(), job.Id.ToString(), release.Id.ToString(), order.Id.ToString());
        (_ids["datasetId"], _ids["exportId"]) = (dataset.Id.ToString(), export.Id.ToString());
        return true;

        LabelTask Task(DateTimeOffset at, TaskPurpose purpose = TaskPurpose.Label) => new()
        {
            Purpose = purpose,
            Id = LabelTaskId.New(at),
            OrganizationId = organization,
            CompartmentId = compartment,
            ProjectId = project.Id,
            BatchId = batch.Id,
            AssetId = asset.Id,
            OntologyVersion = 1,
            Overlap = 2,
            CreatedAt = at,
        };

        Lease Lease(LabelTask of, ContributorId by, LeasePurpose purpose) => new()
        {
            Id = LeaseId.New(now),
            Token = LeaseToken.New(now),
            OrganizationId = organization,
            CompartmentId = compartment,
            ProjectId = project.Id,
            TaskId = of.Id,
            ContributorId = by,
            Purpose = purpose,
            IssuedAt = now,
            ExpiresAt = now + TimeSpan.FromHours(1),
        };
    }

    public ValueTask DisposeAsync() => House.DisposeAsync();
}
