using System.Runtime.CompilerServices;

namespace Touchstone.Quality.Categorical;

/// <summary>Skill as the share of votes that agree with labels taken for true.</summary>
internal static class SkillByAgreement
{
    /// <summary>Agreement with the most probable label of each item, of equal ones the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static WorkerSkill[] With(Votes votes, ReadOnlySpan<double> posterior)
    {
        var k = votes.LabelCount;
        var byItem = votes.ByItem;
        var right = new int[votes.ContributorCount];
        for (var i = 0; i < votes.ItemCount; i++)
        {
            var row = posterior.Slice(i * k, k);
            var best = 0;
            for (var j = 1; j < k; j++)
                if (row[j] > row[best]) best = j;
            foreach (var cell in byItem.Of(i))
            {
                var contributor = byItem.ContributorOf(cell);
                right[contributor] += cell - contributor * k == best ? 1 : 0;
            }
        }

        var votesOf = votes.Facts.VotesOf;
        var skills = new WorkerSkill[right.Length];
        for (var c = 0; c < skills.Length; c++) skills[c] = WorkerSkills.Of(votesOf[c] > 0 ? (double)right[c] / votesOf[c] : 0, votesOf[c], votesOf[c]);
        return skills;
    }

    /// <summary>Agreement with known classes alone.</summary>
    /// <returns>Skills, and how many contributors with votes had none on an item of known class.</returns>
    public static (WorkerSkill[] Skills, int Unseen) WithGold(Votes votes, ReadOnlySpan<int> known)
    {
        var right = new int[votes.ContributorCount];
        var asked = new int[votes.ContributorCount];
        for (var v = 0; v < votes.Count; v++)
        {
            if (!Known.Has(known, votes.Items[v])) continue;
            asked[votes.Contributors[v]]++;
            if (known[votes.Items[v]] == votes.Labels[v]) right[votes.Contributors[v]]++;
        }

        var total = asked.Sum();
        var mean = total > 0 ? (double)right.Sum() / total : 1;
        var skills = new WorkerSkill[right.Length];
        var unseen = 0;
        for (var c = 0; c < skills.Length; c++)
        {
            skills[c] = asked[c] > 0 ? WorkerSkills.Of((double)right[c] / asked[c], asked[c], asked[c]) : new WorkerSkill(mean, 0, 1, 0);
            if (asked[c] == 0 && votes.Facts.VotesOf[c] > 0) unseen++;
        }

        return (skills, unseen);
    }
}
