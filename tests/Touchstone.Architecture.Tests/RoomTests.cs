using System.Reflection;
using Touchstone.Testing;

namespace Touchstone.Architecture.Tests;

/// <summary>Rooms import downwards only, and pure rooms know nothing of the world outside.</summary>
public sealed class RoomTests
{
    /// <summary>Which rooms each room may import: the arrows of the design.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Touchstone.Statistics"] = [],
        ["Touchstone.Text"] = [],
        ["Touchstone.Files"] = [],
        ["Touchstone.Annotations"] = [],
        ["Touchstone.Quality"] = ["Touchstone.Annotations", "Touchstone.Statistics"],
        ["Touchstone.Formats"] = ["Touchstone.Annotations", "Touchstone.Files"],
        ["Touchstone.Curation"] = ["Touchstone.Text", "Touchstone.Statistics", "Touchstone.Files"],
        ["Touchstone.Store"] = ["Touchstone.Annotations"],
        ["Touchstone.Server"] =
            ["Touchstone.Statistics", "Touchstone.Files", "Touchstone.Annotations", "Touchstone.Quality", "Touchstone.Formats", "Touchstone.Curation", "Touchstone.Store"],
        ["touchstone"] =
            ["Touchstone.Statistics", "Touchstone.Files", "Touchstone.Annotations", "Touchstone.Quality", "Touchstone.Formats", "Touchstone.Text", "Touchstone.Curation", "Touchstone.Store", "Touchstone.Server"],
    };

    private static readonly string[] Pure = ["Touchstone.Statistics", "Touchstone.Text", "Touchstone.Annotations", "Touchstone.Quality"];

    /// <summary>Assemblies that a pure room must not reach.</summary>
    private static readonly string[] Impure =
        ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Data", "Npgsql", "System.Net", "System.IO.FileSystem", "System.Diagnostics.Process", "Microsoft.Extensions"];

    /// <summary>Members through which a clock, a seed, a file or a process would come in by the back door.</summary>
    private static readonly string[] ForbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.TimeProvider.get_System",
        "System.Random.get_Shared", "System.Random..ctor()", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.Diagnostics.Stopwatch.", "System.IO.File.", "System.IO.Directory.", "System.IO.FileStream.", "System.Diagnostics.Process.", "System.Environment.GetEnvironmentVariable", "System.Console.",
    ];

    public static TheoryData<string> Rooms => [.. Arrows.Keys];

    public static TheoryData<string> PureRooms => [.. Pure];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_imports_only_the_rooms_below_it(string room)
    {
        var imported = Load(room).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Touchstone", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(imported.Except(Arrows[room]));
    }

    [Fact]
    public void Every_project_under_src_is_a_room_of_the_design()
    {
        var projects = Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(d => Path.GetFileName(d)!).Select(n => n == "Touchstone" ? "touchstone" : n);
        Assert.Equal(Arrows.Keys.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(PureRooms))]
    public void A_pure_room_references_nothing_of_the_world_outside(string room) =>
        Assert.DoesNotContain(Load(room).GetReferencedAssemblies(), a => Impure.Any(i => a.Name!.StartsWith(i, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(PureRooms))]
    public void A_pure_room_calls_no_clock_no_file_no_process_and_no_seed_of_its_own(string room)
    {
        var found = MemberReferences.Of(Load(room).Location).Where(m => ForbiddenMembers.Any(f => m.StartsWith(f, StringComparison.Ordinal)));
        Assert.Empty(found);
    }

    [Fact]
    public void Namespaces_match_folders()
    {
        var wrong = new List<string>();
        foreach (var file in Repository.SourceFiles("src"))
        {
            var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal));
            if (line is null || file.Contains("/Migrations/", StringComparison.Ordinal)) continue;
            var folder = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), Path.GetDirectoryName(file)!).Replace('/', '.');
            var name = line["namespace ".Length..].TrimEnd(';', ' ');
            if (name != folder) wrong.Add($"{file}: namespace {name}, folder {folder}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_is_swallowed()
    {
        var wrong = Repository.SourceFiles("src").SelectMany(file => File.ReadLines(file).Select((text, i) => (file, text, line: i + 1)))
            .Where(l => System.Text.RegularExpressions.Regex.IsMatch(l.text, @"catch\s*(\([^)]*\))?\s*\{\s*\}"))
            .Select(l => $"{l.file}:{l.line}");
        Assert.Empty(wrong);
    }

    private static Assembly Load(string room) => Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, room + ".dll"));
}
