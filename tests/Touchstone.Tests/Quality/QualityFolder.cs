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
        Write("texts.csv", "task,worker,text\n1,a,the cat sat\n1,b,the cat sat\n1,c,a cat sat down\n2,a,\"hello, world\"\n2,b,\"hello, world\"\n");
        Write("coco.json", """{"images":[{"id":1,"width":20,"height":10}],"categories":[{"id":3,"name":"car"}],"annotations":[{"id":1,"image_id":1,"category_id":3,"bbox":[1,1,8,6],"segmentation":[[1,1,9,1,9,7,1,7]],"area":48,"iscrowd":0}]}""");
        Write("detections.json", """[{"image_id":1,"category_id":3,"bbox":[1,1,8,7],"segmentation":[[1,1,9,1,9,8,1,8]],"score":0.9}]""");
        foreach (var name in new[] { "gt.txt", "gt2.txt" }) Write(name, "1,1,10,10,20,40,1,-1,-1,-1\n2,1,12,10,20,40,1,-1,-1,-1\n2,2,100,10,20,40,0,-1,-1,-1\n");
        foreach (var name in new[] { "pred.txt", "pred2.txt" }) Write(name, "1,7,11,10,20,40,-1,-1,-1,-1\n2,7,12,11,20,40,-1,-1,-1,-1\n2,9,200,10,20,40,-1,-1,-1,-1\n");
        Write("weights.csv", "worker,weight\nw0,3\nw1,2\nw2,1\nw3,1\nw4,0\n");
        Write("labels.csv", "task,label\n" + string.Concat(Enumerable.Range(0, 40).Select(t => $"p{t},{(t % 10 == 3 ? "dog" : t % 2 == 0 ? "cat" : "dog")}\n")));
        Write("probabilities.csv", "task,cat,dog\n" + string.Concat(Enumerable.Range(0, 40).Select(t => t % 2 == 0 ? $"p{t},0.9,0.1\n" : t == 13 ? "p13,0.95,0.05\n" : $"p{t},0.2,0.8\n")));
        return folder;

        void Write(string name, string text) => File.WriteAllText(folder[name], text);
    }
}
