namespace Touchstone.Bench;

/// <summary>Answers that the benchmarks submit.</summary>
internal static class Answers
{
    /// <summary>One box with one attribute: the size of a quick answer.</summary>
    public const string Small = """{"objects":[{"id":"s1","class":"car","box":{"x":10.5,"y":20.25,"width":100,"height":50},"attributes":{}}]}""";

    /// <summary>The project that these answers are valid under.</summary>
    public const string ProjectYaml = """
        name: bench
        ontology:
          questions:
            - id: objects
              kind: shapes
              title: Objects
              classes:
                - id: car
                  title: Car
                  geometries: [box]
        overlap: {min: 3, max: 3, confidence: 0.8}
        gold: {rate: 0}
        review: {when: never}
        """;
}
