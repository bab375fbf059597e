namespace Touchstone.Testing;

/// <summary>Compares text with an approved file of the checkout, so that a change shows up in review as a diff.</summary>
public static class Approved
{
    /// <summary>Set to 1 to write what is found as the approved text.</summary>
    public const string Variable = "TOUCHSTONE_APPROVE";

    /// <summary>Passes when the file holds exactly this text.</summary>
    /// <param name="path">From the root of the checkout, such as tests/Touchstone.Server.Tests/routes.approved.txt.</param>
    /// <param name="text">What was found.</param>
    /// <param name="fail">Ends the test as failed; pass <c>Assert.Fail</c>.</param>
    public static void Check(string path, string text, Action<string> fail)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            File.WriteAllText(file, text);
            return;
        }

        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        if (approved == text) return;
        var (wanted, found) = (approved.Split('\n'), text.Split('\n'));
        var line = 0;
        while (line < wanted.Length && line < found.Length && wanted[line] == found[line]) line++;
        fail($"{path} differs at line {line + 1}:\n  approved: {wanted.ElementAtOrDefault(line)}\n  found:    {found.ElementAtOrDefault(line)}\nIf the change is meant, run the test with {Variable}=1 and commit the file.");
    }
}
