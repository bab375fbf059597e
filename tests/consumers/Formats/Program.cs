using System.Text;
using Touchstone.Formats.Coco;

// A COCO file with one good annotation and one that names a category that is not there.
const string Json = """
    {"images":[{"id":1,"file_name":"a.jpg","width":5,"height":4}],"categories":[{"id":1,"name":"car"}],
     "annotations":[{"id":7,"image_id":1,"category_id":1,"bbox":[1,1,3,2],"area":6,"iscrowd":0},{"id":8,"image_id":1,"category_id":9,"bbox":[0,0,1,1]}]}
    """;
var data = await CocoReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Json)), "a.json");
foreach (var fault in data.Faults) Console.WriteLine(fault);
return data.Images[0].Annotations.Count == 1 && data.Faults.Count == 1 ? 0 : 1;
