using System.Globalization;
using System.Text;
using Touchstone.Testing;

namespace Touchstone.Tests.Quality;

/// <summary>A folder with small files of every kind that the verbs of quality read, by the names that their help uses.</summary>
internal static class QualityFolder
{
    public static TemporaryFolder Make()
    {
        var folder = new TemporaryFolder();
        var random = new Random(7);
        var votes = new StringBuilder("task,worker,label\n");
        var objects = new StringBuilder();
        var ratings = new StringBuilder("task,worker,label\n");
        var truth = new StringBuilder("task,label\n");
        var gold = new StringBuilder("task,label\n");
        string[] labels = ["low", "mid", "high"];
        for (var t = 0; t < 60; t++)
        {
            var right = random.Next(3);
            truth.Append(CultureInfo.InvariantCulture, $"t{t},{labels[right]}\n");
            if (t % 10 == 0) gold.Append(CultureInfo.InvariantCulture, $"t{t},{labels[right]}\n");
            for (var w = 0; w < 5; w++)
            {
                var said = random.NextDouble() < 0.85 - 0.1 * w ? right : random.Next(3);
                votes.Append(CultureInfo.InvariantCulture, $"t{t},w{w},{labels[said]}\n");
                objects.Append(CultureInfo.InvariantCulture, $"{{\"task\":\"t{t}\",\"worker\":\"w{w}\",\"label\":\"{labels[said]}\"}}\n");
                ratings.Append(CultureInfo.InvariantCulture, $"t{t},w{w},{said * 10 + random.Next(5)}\n");
            }
        }

        Write("votes.csv", votes.ToString());
        Write("votes.ndjson", objects.ToString());
        Write("ratings.csv", ratings.ToString());
        Write("truth.csv", truth.ToString());
        Write("gold.csv", gold.ToString());
        return folder;

        void Write(string name, string text) => File.WriteAllText(folder[name], text);
    }
}
