using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Pipelines;

/// <summary>
/// Sets a step's parameters from a pipeline file: each settable property of the parameters' record by its name in snake_case. What the file does not name keeps its published default.
/// </summary>
internal static class ParameterBinder
{
    /// <summary>The parameters that a record has, in its order.</summary>
    /// <remarks>What a file cannot state, such as a clock or a key, is no parameter.</remarks>
    public static IReadOnlyList<(string Name, PropertyInfo Property)> ParametersOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && IsStatable(p.PropertyType)).Select(p => (SnakeCase(p.Name), p))];

    /// <summary>Sets what a mapping names.</summary>
    /// <param name="step">Name of the step, for messages.</param>
    /// <param name="options">A fresh record with its defaults, which is changed.</param>
    /// <param name="node">The mapping.</param>
    /// <exception cref="PipelineException">A name is of no parameter, or a value is of another type or outside of its range, or a minimum is above its maximum.</exception>
    public static void Bind(string step, object options, YamlMap node)
    {
        var parameters = ParametersOf(options.GetType());
        node.Allow(step, [.. parameters.Select(p => p.Name)]);
        foreach (var (key, value) in node.Members)
        {
            var property = parameters.First(p => p.Name == key.Value).Property;
            property.SetValue(options, Value(value, property.PropertyType, $"{step}: {key.Value}", new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable, ParameterRange.Of(property)));
        }

        CheckOrder(step, options, node, parameters);
    }

    /// <summary>Refuses a minimum above the maximum of the same name, by which everything would fall.</summary>
    private static void CheckOrder(string step, object options, YamlMap node, IReadOnlyList<(string Name, PropertyInfo Property)> parameters)
    {
        const string Least = "_minimum", Most = "_maximum";
        foreach (var (name, property) in parameters)
        {
            if (!name.EndsWith(Least, StringComparison.Ordinal)) continue;
            var other = name[..^Least.Length] + Most;
            if (parameters.FirstOrDefault(p => p.Name == other).Property is not { } maximum || property.GetValue(options) is not { } least || maximum.GetValue(options) is not { } most) continue;
            if (Convert.ToDouble(least, CultureInfo.InvariantCulture) <= Convert.ToDouble(most, CultureInfo.InvariantCulture)) continue;
            var (place, isLeast) = node.Find(name) is { } stated ? (stated, true) : (node.Find(other)!, false);
            throw place.Fault(string.Create(CultureInfo.InvariantCulture, $"{step}: {(isLeast ? name : other)}: expected at {(isLeast ? $"most {most}, which is {other}" : $"least {least}, which is {name}")}, found {(isLeast ? least : most)}"));
        }
    }

    /// <summary>Parameters as they stand, for manifests.</summary>
    public static JsonObject ToJson(object options)
    {
        var json = new JsonObject();
        foreach (var (name, property) in ParametersOf(options.GetType())) json[name] = Node(property.GetValue(options));
        return json;
    }

    /// <summary>The files that parameters name; see <see cref="FileParameterAttribute"/>.</summary>
    public static IReadOnlyList<string> FilesOf(object options) =>
        [.. ParametersOf(options.GetType()).Where(p => p.Property.IsDefined(typeof(FileParameterAttribute))).SelectMany(p => p.Property.GetValue(options) switch
        {
            string file => [file],
            IEnumerable<string> files => files,
            _ => (IEnumerable<string>)[],
        })];

    public static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }

        return snake.ToString();
    }

    private static bool IsStatable(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum || type == typeof(string) || type == typeof(bool) || type == typeof(double) || type == typeof(TimeSpan)) return true;
        if (type == typeof(int) || type == typeof(long) || type == typeof(uint) || type == typeof(ulong)) return true;
        if (ElementOf(type) is { } element) return IsStatable(element);
        return type.Assembly == typeof(ParameterBinder).Assembly && (type.IsValueType || type.GetConstructor([]) is not null) && ParametersOf(type).Count > 0;
    }

    private static object? Value(YamlNode node, Type type, string what, bool isNullable, ParameterRange range)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return node is YamlScalar { IsNull: true } or YamlScalar { IsPlain: true, Value: "off" or "none" } ? null : Value(node, inner, what, false, range);
        if (isNullable && node is YamlScalar { IsNull: true }) return null;
        if (type == typeof(string)) return Scalar(node, what, "a text").Value;
        if (type.IsEnum) return Enumerated(node, type, what);
        if (ElementOf(type) is { } element) return List(node, type, element, what, range);
        if (type == typeof(bool)) return Scalar(node, what, "true or false") switch { { Value: "true" } => true, { Value: "false" } => false, var other => throw Expected(other, what, "true or false") };
        if (Number(node, type, what) is { } number) return range.Holds(number) ? number : throw Expected(node, what, range.ToString());
        if (node is not YamlMap map) throw Expected(node, what, "a mapping");
        var options = Activator.CreateInstance(type)!;
        Bind(what, options, map);
        return options;
    }

    private static object? Number(YamlNode node, Type type, string what)
    {
        if (type == typeof(TimeSpan)) return Number(node, typeof(double), what) is double and > 0 and < 1e6 and var seconds ? TimeSpan.FromSeconds(seconds) : throw Expected(node, what, "a number of seconds");
        if (type == typeof(double)) return Scalar(node, what, "a number") is var real && double.TryParse(real.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : throw Expected(node, what, "a number");
        if (type != typeof(int) && type != typeof(long) && type != typeof(uint) && type != typeof(ulong)) return null;
        var whole = Scalar(node, what, "a whole number");
        if (type == typeof(ulong) && ulong.TryParse(whole.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var large)) return large;
        if (!Sizes.TryParse(whole.Value, out var bytes) && !long.TryParse(whole.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out bytes)) throw Expected(node, what, "a whole number");
        if (type == typeof(int) && bytes is >= int.MinValue and <= int.MaxValue) return (int)bytes;
        if (type == typeof(uint) && bytes is >= 0 and <= uint.MaxValue) return (uint)bytes;
        return type == typeof(long) ? bytes : throw Expected(node, what, "a smaller whole number");
    }

    private static object Enumerated(YamlNode node, Type type, string what)
    {
        var word = Scalar(node, what, "a word").Value;
        foreach (var name in Enum.GetNames(type))
            if (SnakeCase(name) == word) return Enum.Parse(type, name);
        throw Expected(node, what, string.Join(" or ", Enum.GetNames(type).Select(SnakeCase)));
    }

    /// <summary>A list, or one value for a list of one.</summary>
    private static object List(YamlNode node, Type type, Type element, string what, ParameterRange range)
    {
        IReadOnlyList<YamlNode> items = node switch { YamlList list => list.Items, YamlScalar { IsNull: true } => [], _ => [node] };
        var values = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++) values.SetValue(Value(items[i], element, what, false, range), i);
        if (type.IsInstanceOfType(values)) return values;
        var set = typeof(HashSet<>).MakeGenericType(element);
        return type.IsAssignableFrom(set) ? Activator.CreateInstance(set, values)! : Activator.CreateInstance(typeof(List<>).MakeGenericType(element), values)!;
    }

    private static Type? ElementOf(Type type)
    {
        if (type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type)) return null;
        return type.IsArray ? type.GetElementType() : type.GenericTypeArguments is [var element] ? element : null;
    }

    private static YamlScalar Scalar(YamlNode node, string what, string expected) => node is YamlScalar { IsNull: false } scalar ? scalar : throw Expected(node, what, expected);

    private static PipelineException Expected(YamlNode node, string what, string expected) => node.Fault($"{what}: expected {expected}, found {node.Shown}");

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        int or long or uint or ulong => JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        TimeSpan time => JsonValue.Create(time.TotalSeconds),
        Enum word => JsonValue.Create(SnakeCase(word.ToString())),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Node)]),
        _ => ToJson(value),
    };
}
