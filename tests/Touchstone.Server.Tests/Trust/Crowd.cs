using System.Text.Json;
using Touchstone.Store.Ids;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Trust;

/// <summary>Simulated contributors who work a project off: five honest ones, two who guess and one who declines.</summary>
internal sealed class Crowd
{
    private const int Honest = 5;
    private readonly Random _random = new(5);
    private readonly Dictionary<Member, int> _given = [];
    private readonly Dictionary<int, int> _answersOf = [];

    private Crowd(IReadOnlyList<Member> people) => People = people;

    public IReadOnlyList<Member> People { get; }

    public IEnumerable<Member> Honests => People.Take(Honest);

    public IEnumerable<Member> Spammers => People.Skip(Honest).Take(2);

    public Member Drifter => People[^1];

    /// <summary>Answers of the one who declines before it begins.</summary>
    public int DriftsAfter { get; init; } = 34;

    /// <summary>Pictures (by width) on which the first two who answer are wrong alike.</summary>
    public IReadOnlySet<int> Planted { get; init; } = new HashSet<int>();

    public static async Task<Crowd> AddAsync(Workshop shop, int driftsAfter = 34, IReadOnlySet<int>? planted = null)
    {
        var people = new List<Member>();
        foreach (var name in new[] { "Ann", "Bob", "Cid", "Dee", "Eve", "Sam", "Sue", "Dan" }) people.Add(await shop.AddAsync(name, simulated: true));
        return new Crowd(people) { DriftsAfter = driftsAfter, Planted = planted ?? new HashSet<int>() };
    }

    /// <summary>Everybody takes a task in turn until nobody gets any.</summary>
    public async Task WorkAsync(Workshop shop, ProjectId project, Func<Crowd, Member, int, string> answer)
    {
        for (var isBusy = true; isBusy;)
        {
            isBusy = false;
            var turn = People.ToArray();
            _random.Shuffle(turn);   // whom one shares a task with is chance
            foreach (var person in turn)
            {
                if (await person.NextAsync(project) is not { } lease) continue;
                isBusy = true;
                var width = lease.GetProperty("inputs")[0].GetProperty("width").GetInt32();
                await person.SubmitAsync(lease.GetProperty("token").GetString()!, answer(this, person, width));
                _given[person] = _given.GetValueOrDefault(person) + 1;
                _answersOf[width] = _answersOf.GetValueOrDefault(width) + 1;
            }

            await shop.SettleAsync();
        }
    }

    /// <summary>Probability that this person's next answer is a guess.</summary>
    private double Guesses(Member person) => Spammers.Contains(person) ? 1 : person == Drifter && _given.GetValueOrDefault(person) >= DriftsAfter ? 0.75 : 0.06;

    public static int TruthOf(int width) => width * 7 % 4;

    public static readonly string[] Options = ["clear", "rain", "snow", "fog"];

    public const string ChoiceYaml = """
        name: Weather
        ontology:
          questions:
            - id: weather
              kind: choice
              required: true
              options: [clear, rain, snow, fog]
        overlap: {min: 3, max: 4, confidence: 0.8}
        gold: {rate: 0}
        review: {when: never}
        """;

    public static string Choice(Crowd crowd, Member person, int width)
    {
        var truth = TruthOf(width);
        var option = crowd.Planted.Contains(width) ? crowd._answersOf.GetValueOrDefault(width) < 2 ? (truth + 1) % 4 : truth
            : crowd._random.NextDouble() < crowd.Guesses(person) ? crowd._random.Next(4) : truth;
        return JsonSerializer.Serialize(new { weather = Options[option] });
    }

    /// <summary>Two things by the picture's width; who guesses draws anywhere.</summary>
    public static string Shapes(Crowd crowd, Member person, int width)
    {
        var things = new[] { Car.Moved(width % 7, 0), Walker.Moved(0, width % 5) };
        var isGuess = crowd._random.NextDouble() < crowd.Guesses(person);
        var drawn = things.Select(t => isGuess
            ? t with { X = Math.Round(crowd._random.NextDouble() * 38, 2), Y = Math.Round(crowd._random.NextDouble() * 25, 2) }
            : t.Moved(Math.Round(crowd._random.NextDouble() - 0.5, 2), Math.Round(crowd._random.NextDouble() - 0.5, 2)));
        return Answers(isGuess ? Options[crowd._random.Next(3)] : "clear", [.. drawn]);
    }
}
