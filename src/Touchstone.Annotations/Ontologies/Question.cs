using System.Text.RegularExpressions;

namespace Touchstone.Annotations.Ontologies;

/// <summary>What is asked. A sealed set: <see cref="ShapesQuestion"/>, <see cref="ChoiceQuestion"/>, <see cref="RatingQuestion"/>,
/// <see cref="TextQuestion"/>, <see cref="NumberQuestion"/>.</summary>
public abstract record Question
{
    private protected Question(string id, string? title)
    {
        Id = id;
        Title = title ?? id;
    }

    /// <summary>The kind, which decides how answers are written, checked, compared and exported.</summary>
    public abstract QuestionKind Kind { get; }

    /// <summary>1-64 letters, digits and <c>_ - .</c>, beginning with a letter or digit. Unique in its ontology (or class, for an attribute).</summary>
    public string Id { get; init; }

    /// <summary>What people read; the id where none was given.</summary>
    public string Title { get; init; }

    /// <summary>A longer explanation, in Markdown.</summary>
    public string? Help { get; init; }

    /// <summary>Whether an answer is invalid without it (while <see cref="When"/> holds).</summary>
    public bool Required { get; init; }

    /// <summary>Asked only while this holds; null is always.</summary>
    public Condition? When { get; init; }

    /// <summary>The id that this question had in the version before, when it was renamed.</summary>
    public string? RenamedFrom { get; init; }
}

/// <summary>The kinds of question.</summary>
public enum QuestionKind
{
    /// <summary>Mark things in the input: boxes, polygons, lines, points, each of a class.</summary>
    Shapes,

    /// <summary>Choose one or several options, or a path in a tree of them.</summary>
    Choice,

    /// <summary>A whole number on a short scale.</summary>
    Rating,

    /// <summary>Free text.</summary>
    Text,

    /// <summary>A real number.</summary>
    Number,
}

/// <summary>Mark every thing of these classes.</summary>
public sealed record ShapesQuestion : Question
{
    /// <summary>A question for shapes of these classes, with distinct ids.</summary>
    public ShapesQuestion(string id, string? title, IReadOnlyList<ShapeClass> classes) : base(id, title) => Classes = classes;

    /// <inheritdoc/>
    public override QuestionKind Kind => QuestionKind.Shapes;

    /// <summary>What may be marked.</summary>
    public IReadOnlyList<ShapeClass> Classes
    {
        get;
        init
        {
            field = value;
            Ids = new IdIndex(value, static shapeClass => ((ShapeClass)shapeClass).Id);
        }
    }

    /// <summary>The fewest shapes that an answer may have; null is 0.</summary>
    public int? MinCount { get; init; }

    /// <summary>The most shapes that an answer may have; null is no limit of its own.</summary>
    public int? MaxCount { get; init; }

    internal IdIndex Ids { get; private init; } = null!;

    /// <summary>The class with this id, or null.</summary>
    public ShapeClass? FindClass(string id)
    {
        var index = Ids.Find(id);
        return index < 0 ? null : Classes[index];
    }
}

/// <summary>Choose among options: one, several, or a path in a tree.</summary>
public sealed record ChoiceQuestion : Question
{
    /// <summary>A choice among these options, with distinct ids among siblings.</summary>
    public ChoiceQuestion(string id, string? title, IReadOnlyList<ChoiceOption> options) : base(id, title) => Options = options;

    /// <inheritdoc/>
    public override QuestionKind Kind => QuestionKind.Choice;

    /// <summary>The options; of a taxonomy, its roots. Of a boolean, <c>true</c> and <c>false</c>.</summary>
    public IReadOnlyList<ChoiceOption> Options
    {
        get;
        init
        {
            field = value;
            Ids = new IdIndex(value, static option => ((ChoiceOption)option).Id);
        }
    }

    /// <summary>Whether several may be chosen; an answer is then a list.</summary>
    public bool Multiple { get; init; }

    /// <summary>Whether options have children; an answer is then a path of ids from a root.</summary>
    public bool Taxonomy { get; init; }

    /// <summary>Of a taxonomy: whether a path must end at an option without children.</summary>
    public bool LeavesOnly { get; init; }

    /// <summary>Yes or no: answers are the JSON values <c>true</c> and <c>false</c>. Neither multiple nor a taxonomy.</summary>
    public bool Boolean { get; init; }

    /// <summary>Of a multiple choice: the fewest that an answer may choose; null is 0.</summary>
    public int? MinSelected { get; init; }

    /// <summary>Of a multiple choice: the most that an answer may choose; null is all.</summary>
    public int? MaxSelected { get; init; }

    internal IdIndex Ids { get; private init; } = null!;

    /// <summary>A question of yes or no.</summary>
    public static ChoiceQuestion YesOrNo(string id, string? title = null) =>
        new(id, title, [new ChoiceOption("true", "Yes"), new ChoiceOption("false", "No")]) { Boolean = true };

    /// <summary>The option with this id among the roots, or null.</summary>
    public ChoiceOption? FindOption(string id)
    {
        var index = Ids.Find(id);
        return index < 0 ? null : Options[index];
    }
}

/// <summary>One option of a choice.</summary>
public sealed record ChoiceOption
{
    /// <summary>An option.</summary>
    public ChoiceOption(string id, string? title = null, IReadOnlyList<ChoiceOption>? children = null)
    {
        Id = id;
        Title = title ?? id;
        Children = children ?? [];
    }

    /// <summary>1-64 letters, digits and <c>_ - .</c>, beginning with a letter or digit. Unique among its siblings.</summary>
    public string Id { get; init; }

    /// <summary>What people read; the id where none was given.</summary>
    public string Title { get; init; }

    /// <summary>A longer explanation.</summary>
    public string? Help { get; init; }

    /// <summary><c>#rrggbb</c>, lower case, or null.</summary>
    public string? Colour { get; init; }

    /// <summary>A key as <see cref="Hotkeys"/> writes it, or null.</summary>
    public string? Hotkey { get; init; }

    /// <summary>The id that this option had in the version before, when it was renamed.</summary>
    public string? RenamedFrom { get; init; }

    /// <summary>Of a taxonomy: what it divides into.</summary>
    public IReadOnlyList<ChoiceOption> Children
    {
        get;
        init
        {
            field = value;
            Ids = new IdIndex(value, static option => ((ChoiceOption)option).Id);
            TreeSize = 1 + value.Sum(child => child.TreeSize);
        }
    }

    /// <summary>It and everything below it.</summary>
    internal int TreeSize { get; private init; }

    internal IdIndex Ids { get; private init; } = null!;
}

/// <summary>A whole number on a short scale, such as 1 to 5.</summary>
public sealed record RatingQuestion : Question
{
    /// <summary>A rating from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public RatingQuestion(string id, string? title, int min, int max) : base(id, title)
    {
        Min = min;
        Max = max;
    }

    /// <inheritdoc/>
    public override QuestionKind Kind => QuestionKind.Rating;

    /// <summary>The lowest rating.</summary>
    public int Min { get; init; }

    /// <summary>The highest rating, above <see cref="Min"/>, at most 100 steps away.</summary>
    public int Max { get; init; }

    /// <summary>What single ratings mean, by value, in ascending order; may leave values out.</summary>
    public IReadOnlyList<RatingLabel> Labels { get; init; } = [];
}

/// <summary>What one rating means.</summary>
public sealed record RatingLabel(int Value, string Title);

/// <summary>Free text.</summary>
public sealed record TextQuestion : Question
{
    /// <summary>A question for text.</summary>
    public TextQuestion(string id, string? title = null) : base(id, title)
    {
    }

    /// <inheritdoc/>
    public override QuestionKind Kind => QuestionKind.Text;

    /// <summary>The fewest Unicode code points; null is 0.</summary>
    public int? MinLength { get; init; }

    /// <summary>The most Unicode code points; null is 100,000.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether line breaks are allowed.</summary>
    public bool Multiline { get; init; }

    /// <summary>A regular expression that the whole text must match, run in linear time: no look-around, no back references.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    /// <exception cref="NotSupportedException">It needs look-around or back references, or is too large.</exception>
    public string? Pattern
    {
        get;
        init
        {
            field = value;
            PatternRegex = value is null ? null : new Regex($@"\A(?:{value})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
    }

    internal Regex? PatternRegex { get; private init; }
}

/// <summary>A real number.</summary>
public sealed record NumberQuestion : Question
{
    /// <summary>A question for a number.</summary>
    public NumberQuestion(string id, string? title = null) : base(id, title)
    {
    }

    /// <inheritdoc/>
    public override QuestionKind Kind => QuestionKind.Number;

    /// <summary>The lowest, included; null is none.</summary>
    public double? Min { get; init; }

    /// <summary>The highest, included; null is none.</summary>
    public double? Max { get; init; }

    /// <summary>Numbers must lie on multiples of this, counted from <see cref="Min"/> or 0; null is any.</summary>
    public double? Step { get; init; }

    /// <summary>Whether only whole numbers are allowed.</summary>
    public bool Integer { get; init; }

    /// <summary>The unit that people see, such as <c>m</c>.</summary>
    public string? Unit { get; init; }
}
