using Touchstone.Files.Png;
using Touchstone.Testing;

namespace Touchstone.Tests.Conversions;

/// <summary>The files that the help's examples name: small data sets in several formats.</summary>
internal sealed class ConversionFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path { get; }

    public ConversionFolder()
    {
        Path = System.IO.Path.GetDirectoryName(_folder["x"])!;
        foreach (var set in (string[])["voc", "dataset", "labels"])
        {
            for (var i = 0; i < 5; i++)
            {
                Write($"{set}/Annotations/street_{i}.xml", $"""
                    <annotation><filename>street_{i}.png</filename><size><width>120</width><height>80</height><depth>3</depth></size>
                    <object><name>car</name><bndbox><xmin>{11 + i}</xmin><ymin>21</ymin><xmax>50</xmax><ymax>60</ymax></bndbox></object>
                    <object><name>tram</name><truncated>1</truncated><bndbox><xmin>61</xmin><ymin>11</ymin><xmax>110</xmax><ymax>70</ymax></bndbox></object></annotation>
                    """);
                using var picture = Create($"{set}/JPEGImages/street_{i}.png");
                PngWriter.Write(picture, PngImage.Grey(120, 80, new byte[120 * 80]));
            }
        }

        Write("instances.json", """
            {"images":[{"id":1,"file_name":"a.png","width":120,"height":80}],"categories":[{"id":1,"name":"car"}],
            "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[10,20,40,40],"area":1600,"iscrowd":0,"segmentation":[[10,20,50,20,50,60,10,60]]}]}
            """);
        Write("export.json", """
            [{"id":1,"data":{"image":"a.png"},"annotations":[{"id":3,"completed_by":2,"lead_time":9.1,"was_cancelled":false,"result":[
            {"id":"r1","from_name":"l","to_name":"i","type":"rectanglelabels","original_width":120,"original_height":80,"image_rotation":0,"value":{"x":10,"y":20,"width":50,"height":50,"rotation":0,"rectanglelabels":["tram"]}},
            {"id":"r2","from_name":"l","to_name":"i","type":"rectanglelabels","original_width":120,"original_height":80,"image_rotation":0,"value":{"x":5,"y":5,"width":10,"height":10,"rotation":0,"rectanglelabels":["car"]}}]}]}]
            """);
        Write("ner.jsonl", "{\"text\":\"EU rejects German call 🚗 now.\",\"label\":[[0,2,\"ORG\"],[11,17,\"MISC\"]]}\n");
        Write("pairs.jsonl", string.Concat(Enumerable.Range(0, 20).Select(i => $"{{\"chosen\":\"\\n\\nHuman: q{i}\\n\\nAssistant: yes\",\"rejected\":\"\\n\\nHuman: q{i}\\n\\nAssistant: no\"}}\n")));
        Write("sweep.pcd", "VERSION 0.7\nFIELDS x y z intensity\nSIZE 4 4 4 1\nTYPE F F F U\nCOUNT 1 1 1 1\nWIDTH 2\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS 2\nDATA ascii\n1 2.5 -3 7\nnan nan nan 0\n");
        Write("classes.yaml", "car: vehicle\ntram: null\n");
    }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    private FileStream Create(string name)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        return File.Create(this[name]);
    }

    public void Dispose() => _folder.Dispose();
}
