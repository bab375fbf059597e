using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Server.Host;

namespace Touchstone.Server.Catalogue.Formats;

/// <summary>The formats of other tools, and what each can carry.</summary>
internal static class ListFormats
{
    /// <param name="Id">Its name in requests.</param>
    /// <param name="Name">Its name for people.</param>
    /// <param name="Specification">What it follows.</param>
    /// <param name="Evidence">What the claim to support it rests on.</param>
    /// <param name="Reads">Whether data sets of it can be imported.</param>
    /// <param name="Writes">Whether releases can be exported to it.</param>
    /// <param name="Inputs">What it is about.</param>
    /// <param name="Marks">How it can say where an object is.</param>
    /// <param name="Attributes">Whether it carries attributes of objects: <c>any</c>, <c>some</c> or <c>none</c>.</param>
    /// <param name="Carries">What else it carries, such as <c>scores</c> or <c>tracks</c>.</param>
    public sealed record FormatBody(string Id, string Name, string Specification, Evidence Evidence, bool Reads, bool Writes, IReadOnlyList<InputKind> Inputs, IReadOnlyList<MarkKind> Marks, string Attributes, IReadOnlyList<string> Carries)
    {
        public static FormatBody Of(FormatTraits traits) => new(
            traits.Id, traits.Name, traits.Specification, traits.Evidence, traits.Reads, traits.Writes, traits.Inputs, traits.Marks,
            traits.Attributes.IsAny ? "any" : traits.Attributes.Names.Count > 0 ? "some" : "none",
            [.. Enum.GetValues<CarriedParts>().Where(p => p != CarriedParts.None && traits.Carries(p)).Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.ToString()))]);
    }

    /// <param name="Items">In the order in which they are told.</param>
    public sealed record Formats(IReadOnlyList<FormatBody> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/formats", Handle).WithName("ListFormats").RequireContributor().WithSummary("The formats that data sets are imported from and releases exported to, and what each can carry.");

    private static Ok<Formats> Handle() => TypedResults.Ok(new Formats([.. FormatRegistry.All.Select(f => FormatBody.Of(f.Traits))]));
}
