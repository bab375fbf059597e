using System.Text;
using Touchstone.Files.Tables;
using Touchstone.Formats.Votes;

namespace Touchstone.Formats.Tests.Votes;

public class VoteLogReaderTests
{
    private const string Csv = "label,task,worker\nno,t1,ann\nyes,t1,ben\nno,t2,ann\nno,t1,ann\nyes,t1,ann\n";

    [Fact]
    public void Votes_are_read_by_the_names_of_their_columns()
    {
        var log = Read(Csv);
        Assert.Equal(["t1", "t2"], log.Tasks);
        Assert.Equal(["ann", "ben"], log.Workers);
        Assert.Equal(["no", "yes"], log.Labels);
        Assert.Equal([2, 3], log.LabelLines);
        Assert.Equal([0, 0, 1, 0, 0], log.TaskOf);
        Assert.Equal([0, 1, 0, 0, 0], log.WorkerOf);
        Assert.Equal([0, 1, 0, 0, 1], log.LabelOf);
        Assert.Equal(2, log.Duplicates);
    }

    [Fact]
    public void The_same_votes_as_objects_are_the_same()
    {
        var csv = Read("task,worker,label\n1,2,3\n1,4,é\n");
        var ndjson = Read("{\"task\":1,\"worker\":\"2\",\"label\":3}\n{\"worker\":4,\"task\":\"1\",\"extra\":{\"a\":[1]},\"label\":\"\\u00e9\"}\n");
        Assert.Equal(csv.Tasks, ndjson.Tasks);
        Assert.Equal(csv.Workers, ndjson.Workers);
        Assert.Equal(csv.Labels, ndjson.Labels);
        Assert.Equal(csv.LabelOf, ndjson.LabelOf);
    }

    [Theory]
    [InlineData(DuplicatePolicy.Keep, "0 1 0 0 1")]
    [InlineData(DuplicatePolicy.First, "0 1 0")]
    [InlineData(DuplicatePolicy.Last, "1 0 1")]
    public void Of_several_votes_of_one_worker_on_one_task_those_count_that_the_policy_says(DuplicatePolicy policy, string labels)
    {
        var log = Read(Csv, policy);
        Assert.Equal(labels, string.Join(' ', log.LabelOf));
        Assert.Equal(2, log.Duplicates);
    }

    [Fact]
    public void Duplicates_can_be_refused_with_their_lines() =>
        Assert.Equal(
            "v.csv, line 5: expected one vote of each worker on each task, found a second one of \"ann\" on \"t1\" (the first is on line 2); 2 such in the file",
            Assert.Throws<TableFormatException>(() => Read(Csv, DuplicatePolicy.Error)).Message);

    [Theory]
    [InlineData("10 9 2", "2 9 10")]
    [InlineData("10 9 b", "10 9 b")]
    [InlineData("1.5 -2 1e1", "-2 1.5 1e1")]
    [InlineData("1.0 1", "1 1.0")]
    [InlineData("\ue000 😀 z", "z \ue000 😀")]
    public void Labels_are_in_the_order_of_their_values_or_else_of_their_code_points(string given, string sorted) =>
        Assert.Equal(sorted.Split(' '), Read("task,worker,label\n" + string.Concat(given.Split(' ').Select((label, i) => $"t,w{i},{label}\n"))).Labels);

    [Theory]
    [InlineData("task,worker,label\n", "v.csv: expected votes after the header line, found none")]
    [InlineData("task,worker,label\nt,,x\n", "v.csv, line 2, column 3: expected a worker, found nothing")]
    [InlineData("{\"task\":1,\"worker\":2,\"label\":3}\n{\"task\":1,\"worker\":2}", "v.csv, line 2: expected a label, found nothing")]
    public void Votes_that_lack_something_are_told(string text, string message) => Assert.Equal(message, Assert.Throws<TableFormatException>(() => Read(text)).Message);

    [Fact]
    public void Many_names_keep_their_numbers()
    {
        var text = new StringBuilder("task,worker,label\n");
        for (var i = 0; i < 50_000; i++) text.Append($"task-{i % 20_000:x},{i % 7777},{(i % 3 == 0 ? "yes" : "no")}\n");
        var log = Read(text.ToString());
        Assert.Equal(20_000, log.Tasks.Length);
        for (var i = 0; i < 50_000; i++)
        {
            Assert.Equal($"task-{i % 20_000:x}", log.Tasks[log.TaskOf[i]]);
            Assert.Equal($"{i % 7777}", log.Workers[log.WorkerOf[i]]);
            Assert.Equal(i % 3 == 0 ? "yes" : "no", log.Labels[log.LabelOf[i]]);
        }
    }

    private static VoteLog Read(string text, DuplicatePolicy policy = DuplicatePolicy.Keep) => VoteLogReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "v.csv", policy);
}
