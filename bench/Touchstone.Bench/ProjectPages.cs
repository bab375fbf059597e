using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Touchstone.Bench;

/// <summary>
/// What a data lead waits for on a project of a million tasks: the start of the server and its memory at rest, lists, filters and counts,
/// and an import through HTTP.
/// </summary>
internal static class ProjectPages
{
    private const int Requests = 200;

    public static async Task RunAsync(string[] arguments)
    {
        var tasks = Arguments.Int(arguments, "--tasks", 1_000_000);
        var imported = Arguments.Int(arguments, "--imported", 200_000);
        foreach (var postgres in Arguments.Databases(arguments))
        {
            await using var workplace = await Workplace.CreateAsync(postgres, contributors: 1);
            Console.WriteLine($"== {workplace.Name}: {tasks:N0} tasks, {tasks * 2:N0} responses");
            await workplace.FillAsync(tasks, tasks * 2);
            using var server = await ServerProcess.StartAsync(workplace.Place);
            var first = await FirstPageAsync(workplace, server);
            await Task.Delay(TimeSpan.FromSeconds(10));
            Say($"start to first answer {server.StartTime.TotalSeconds:F2} s, to the first page of tasks {(server.StartTime + first).TotalSeconds:F2} s; at rest {server.ResidentMegabytes:N0} MB");
            await ListsAsync(workplace, server);
            Say($"import through HTTP: {await ImportAsync(workplace, server, imported):N0} tasks/s");
        }
    }

    /// <summary>A server listens before its model and its routes are made; whoever asks for more than its health waits for them.</summary>
    private static async Task<TimeSpan> FirstPageAsync(Workplace workplace, ServerProcess server)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "/api/v1/"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", workplace.OwnerKey) } };
        var started = Stopwatch.GetTimestamp();
        await TimeAsync(http, $"projects/{workplace.Project}/tasks?limit=100", null);
        return Stopwatch.GetElapsedTime(started);
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static async Task ListsAsync(Workplace workplace, ServerProcess server)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "/api/v1/"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", workplace.OwnerKey) } };
        var list = $"projects/{workplace.Project}/tasks?limit=100";
        foreach (var (name, query) in new[]
        {
            ("first page", ""), ("open", "&state=open"), ("done", "&state=done"), ("in review", "&state=in_review"), ("external id", "&external_id_prefix=bench-9999"),
            ("counted", "&count=true"), ("open, counted", "&state=open&count=true"),
        })
        {
            var latencies = new Latencies();
            for (var i = 0; i < Requests / 4; i++) await TimeAsync(http, list + query, i < 5 ? null : latencies);
            Say($"list, {name}: {latencies}");
        }

        var pages = new Latencies();
        string? next = null;
        for (var i = 0; i < Requests; i++)
        {
            var page = await TimeAsync(http, list + (next is null ? "" : $"&after={next}"), pages);
            next = page["next"]?.GetValue<string>() ?? throw new InvalidOperationException("The list ended early.");
        }

        Say($"list, page after page: {pages}");
        var progress = new Latencies();
        for (var i = 0; i < Requests / 4; i++) await TimeAsync(http, $"projects/{workplace.Project}", i < 5 ? null : progress);
        Say($"project with its counts: {progress}");
    }

    private static async Task<JsonNode> TimeAsync(HttpClient http, string path, Latencies? latencies)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        latencies?.Add(Stopwatch.GetElapsedTime(started));
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {response.StatusCode} {text}");
    }

    private static async Task<double> ImportAsync(Workplace workplace, ServerProcess server, int count)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < count; i++) lines.Append(CultureInfo.InvariantCulture, $$"""{"external_id":"imported/{{i:d8}}","asset":"{{workplace.Asset}}"}""").Append('\n');
        var started = Stopwatch.GetTimestamp();
        await server.SendAsync(workplace.OwnerKey, HttpMethod.Post, $"projects/{workplace.Project}/tasks", lines.ToString(), "application/x-ndjson");
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
