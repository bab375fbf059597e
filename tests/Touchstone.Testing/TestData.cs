namespace Touchstone.Testing;

/// <summary>Real data with expected results, made by other tools, that tests compare against.</summary>
public static class TestData
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "TOUCHSTONE_TEST_DATA";

    /// <summary>True on a build server, where a missing folder or database is a failure and not a skip.</summary>
    public static bool IsRequired => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The folder, or null when the variable is not set or names no folder.</summary>
    public static string? Folder =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder && Directory.Exists(folder) ? Path.GetFullPath(folder) : null;

    /// <summary>Full path of a file or folder of the test data.</summary>
    /// <param name="skip">Ends the test as skipped with a reason; pass <c>Assert.Skip</c>.</param>
    /// <param name="parts">Path below the folder.</param>
    /// <exception cref="InvalidOperationException">The data is missing on a build server.</exception>
    public static string Find(Action<string> skip, params string[] parts)
    {
        var folder = Folder;
        if (folder is null)
        {
            var reason = $"Set {Variable} to the folder of reference data to run this test.";
            if (IsRequired) throw new InvalidOperationException(reason);
            skip(reason);
        }

        var path = Path.Combine([folder!, .. parts]);
        if (!File.Exists(path) && !Directory.Exists(path))
            throw new FileNotFoundException($"The reference data at {folder} has no {string.Join('/', parts)}.", path);
        return path;
    }
}
