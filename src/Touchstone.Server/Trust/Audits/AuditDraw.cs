namespace Touchstone.Server.Trust.Audits;

/// <summary>A look at a growing sample, or its only one.</summary>
/// <param name="Sampled">Tasks drawn by then, all together.</param>
/// <param name="Twice">Of them, tasks that two auditors are to judge.</param>
internal readonly record struct SampleStep(int Sampled, int Twice);

/// <summary>What an audit draws: a function of population, parts, sizes and seed alone, so that anybody can draw it again.</summary>
internal static class AuditDraw
{
    /// <summary>The method's name in a release for a sample that was drawn part by part.</summary>
    public const string StratifiedMethod = SimpleRandomSample.Method + " within each stratum";

    public static string MethodOf(bool isStratified) => isStratified ? StratifiedMethod : SimpleRandomSample.Method;

    /// <summary>A simple random sample of each part, together in ascending order.</summary>
    /// <param name="population">Ids, ascending.</param>
    /// <param name="partOf">Part of each.</param>
    /// <param name="sizes">Tasks to draw from each part.</param>
    /// <param name="seed">The seed: a task's number depends on seed and id alone, so that one seed serves all parts.</param>
    public static Guid[] Stratified(Guid[] population, byte[] partOf, IReadOnlyList<int> sizes, long seed)
    {
        var parts = new List<Guid>[sizes.Count];
        for (var h = 0; h < parts.Length; h++) parts[h] = [];
        for (var i = 0; i < population.Length; i++) parts[partOf[i]].Add(population[i]);
        Guid[] sample = [.. parts.SelectMany((part, h) => SimpleRandomSample.Draw(part, sizes[h], seed))];
        Array.Sort(sample, SimpleRandomSample.Order);
        return sample;
    }

    /// <summary>The tasks of a sample that two auditors judge: of what each step added, a simple random sample by the complement of the seed.</summary>
    /// <param name="population">Ids.</param>
    /// <param name="sample">The whole sample.</param>
    /// <param name="steps">How it grew; a stratified sample has one step.</param>
    /// <param name="seed">The audit's seed.</param>
    public static HashSet<Guid> Twice(Guid[] population, Guid[] sample, IReadOnlyList<SampleStep> steps, long seed)
    {
        var (twice, before, drawn) = (new HashSet<Guid>(), new HashSet<Guid>(), 0);
        for (var k = 0; k < steps.Count; k++)
        {
            var upTo = k == steps.Count - 1 ? sample : SimpleRandomSample.Draw(population, steps[k].Sampled, seed);
            Guid[] added = [.. upTo.Where(before.Add)];
            twice.UnionWith(SimpleRandomSample.Draw(added, Math.Max(0, steps[k].Twice - drawn), ~seed));
            drawn = steps[k].Twice;
        }

        return twice;
    }
}
