using System.Text;
using System.Text.Json;
using Touchstone.Annotations;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Projects;
using Touchstone.Annotations.Selectors;
using Touchstone.Server.Host;
using Touchstone.Store.Entities;
using ReviewPolicy = Touchstone.Store.Entities.ReviewPolicy;

namespace Touchstone.Server.Catalogue.Projects;

/// <summary>Between the project file and the row.</summary>
internal static class ProjectDocuments
{
    /// <summary>Reads a body: the project file in YAML, or the same in JSON.</summary>
    public static async Task<Parsed<ProjectDefinition>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (request.HasJsonContentType()) return ProjectFile.Parse(await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, cancellationToken: cancellationToken));
            using var reader = new StreamReader(request.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return ProjectFile.Parse(await reader.ReadToEndAsync(cancellationToken));
        }
        catch (DecoderFallbackException)
        {
            return new(null, [new Fault("", "text in UTF-8", "other bytes")]);
        }
        catch (JsonException failure)
        {
            return new(null, [new Fault("", "JSON", failure.Message)]);
        }
    }

    /// <summary>The project as its file: what it asks is written out in full, whichever packs it came from.</summary>
    public static string Write(Project project, Ontology ontology, string? compartment) => ProjectFile.Write(new ProjectDefinition
    {
        Name = project.Name,
        Description = project.Description.Length == 0 ? null : project.Description,
        Instructions = project.Instructions.Length == 0 ? null : project.Instructions,
        Input = SnakeCaseNames.TryParse<InputKind>(project.InputKind, out var kind) ? kind : InputKind.Image,
        Questions = ontology.Questions,
        Ontology = ontology,
        Overlap = new(project.OverlapMin, project.OverlapMax, project.OverlapConfidence),
        Gold = new(project.GoldRate, project.GoldRotateAfter),
        Training = new(project.TrainingTasks),
        Evaluation = new(project.EvaluationTasks),
        LeaseMinutes = project.LeaseMinutes,
        Review = new(When(project.Review)),
        Audit = new(project.AuditShare, project.AuditTwice),
        Compartment = compartment,
    });

    public static ReviewPolicy PolicyOf(ReviewWhen when) => when switch
    {
        ReviewWhen.Never => ReviewPolicy.Never,
        ReviewWhen.Always => ReviewPolicy.Always,
        _ => ReviewPolicy.BelowConfidence,
    };

    private static ReviewWhen When(ReviewPolicy policy) => policy switch
    {
        ReviewPolicy.Never => ReviewWhen.Never,
        ReviewPolicy.Always => ReviewWhen.Always,
        _ => ReviewWhen.BelowConfidence,
    };
}
