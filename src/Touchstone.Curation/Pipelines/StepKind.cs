using System.Text.Json.Nodes;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Pipelines;

/// <summary>A kind of step that a pipeline file can name.</summary>
public sealed class StepKind
{
    private readonly Type _options;
    private readonly string? _shorthand;
    private readonly Func<object, object> _make;
    private readonly IReadOnlyList<(string Short, string Name)> _shortNames;

    private StepKind(string name, string summary, Type options, string? shorthand, IReadOnlyList<(string Short, string Name)>? shortNames, Func<object, object> make) =>
        (Name, Summary, _options, _shorthand, _shortNames, _make) = (name, summary, options, shorthand, shortNames ?? [], make);

    /// <summary>Its name in pipeline files.</summary>
    public string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    public string Summary { get; }

    /// <summary>Whether it waits for all documents.</summary>
    public bool IsBarrier { get; private init; }

    /// <summary>Its parameters with their published defaults.</summary>
    public JsonObject Defaults => ParameterBinder.ToJson(Activator.CreateInstance(_options)!);

    /// <summary>The parameter that a step written as <c>name: value</c> sets; null where there is none.</summary>
    public string? Shorthand => _shorthand;

    /// <summary>A step that looks at one document at a time.</summary>
    /// <typeparam name="TOptions">Its parameters: each settable property is one, by its name in snake_case, and its value in a fresh record is the default.</typeparam>
    /// <param name="name">Its name in pipeline files.</param>
    /// <param name="summary">What it does, in a sentence.</param>
    /// <param name="make">Makes the step; refuses parameters that contradict each other with <see cref="ArgumentException"/>.</param>
    /// <param name="shorthand">The parameter that a step written as <c>name: value</c> sets.</param>
    /// <param name="shortNames">Other names that pipeline files may give parameters.</param>
    public static StepKind Of<TOptions>(string name, string summary, Func<TOptions, DocumentStep> make, string? shorthand = null, IReadOnlyList<(string Short, string Name)>? shortNames = null)
        where TOptions : class, new() => new(name, summary, typeof(TOptions), shorthand, shortNames, options => make((TOptions)options));

    /// <summary>A deduplication of the whole corpus; see <see cref="Of"/>.</summary>
    public static StepKind Barrier<TOptions>(string name, string summary, Func<TOptions, CorpusDeduplication> make, string? shorthand = null, IReadOnlyList<(string Short, string Name)>? shortNames = null)
        where TOptions : class, new() => new(name, summary, typeof(TOptions), shorthand, shortNames, options => make((TOptions)options)) { IsBarrier = true };

    /// <summary>Makes the step of what a pipeline file says of it.</summary>
    internal PipelineStep Make(YamlNode place, YamlNode? parameters)
    {
        var options = Activator.CreateInstance(_options)!;
        switch (parameters)
        {
            case null or YamlScalar { IsNull: true }:
                break;
            case YamlMap map:
                ParameterBinder.Bind(Name, options, LongNames(map));
                break;
            default:
                if (_shorthand is null) throw parameters.Fault($"{Name}: expected parameters such as {{ {ParameterBinder.ParametersOf(_options).Select(p => p.Name).FirstOrDefault() ?? "name"}: ... }}, found {parameters.Shown}");
                ParameterBinder.Bind(Name, options, new YamlMap(parameters.File, parameters.Line, parameters.Column, [(new YamlScalar(parameters.File, parameters.Line, parameters.Column, _shorthand, true), parameters)]));
                break;
        }

        try
        {
            return new(Name, ParameterBinder.ToJson(options), ParameterBinder.FilesOf(options), _make(options));
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or IOException or InvalidDataException)
        {
            throw new PipelineException(place.File, place.Line, place.Column, $"{Name}: {MessageOf(refused)}", refused);
        }
    }

    /// <summary>The message without the name of the parameter of code that the runtime puts behind it.</summary>
    private static string MessageOf(Exception refused) =>
        refused is ArgumentException { ParamName: { } parameter } ? refused.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal) : refused.Message;

    private YamlMap LongNames(YamlMap map) => map with { Members = [.. map.Members.Select(m => (m.Key with { Value = _shortNames.FirstOrDefault(n => n.Short == m.Key.Value).Name ?? m.Key.Value }, m.Value))] };
}

/// <summary>A step of a pipeline.</summary>
public sealed class PipelineStep
{
    internal PipelineStep(string name, JsonObject parameters, IReadOnlyList<string> files, object step)
    {
        (Name, Parameters, Files) = (name, parameters, files);
        (Step, Barrier) = (step as DocumentStep, step as CorpusDeduplication);
        Id = Step?.Id ?? Barrier?.Id ?? throw new ArgumentException($"{step.GetType().Name} is no step.", nameof(step));
    }

    /// <summary>Its name in the pipeline file.</summary>
    public string Name { get; }

    /// <summary>Name of its rules with the implementation that they follow.</summary>
    public string Id { get; }

    /// <summary>All parameters, also those that have their defaults.</summary>
    public JsonObject Parameters { get; }

    /// <summary>Files that the parameters name, such as lists and models.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The step, where it looks at one document at a time.</summary>
    public DocumentStep? Step { get; }

    /// <summary>The deduplication, where it needs all documents.</summary>
    public CorpusDeduplication? Barrier { get; }
}
