using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Host;

/// <summary>The OpenAPI document that clients are generated from: our ids are UUID strings, every refusal is a problem, and each operation says who may call it.</summary>
internal static class OpenApiSetup
{
    public const string Path = "/openapi/v1.json";
    private const string KeyScheme = "api_key", CookieScheme = "cookie", ProblemSchema = "Problem";

    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = type => Name(type.Type) is { } name && OpenApiOptions.CreateDefaultSchemaReferenceId(type) is not null ? name : null;
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type);
            Describe(schema, type ?? context.JsonTypeInfo.Type, isNullable: type is not null);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Audience(operation, context);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Touchstone", Version = "v1", Description = "Every route under /api/v1. Refusals are RFC 9457 problems with a stable \"code\"." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
            document.Components.Schemas[ProblemSchema] = Problem();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: \"ts_\" and 43 characters." },
                [CookieScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = Schemes.CookieName },
            };
            return Task.CompletedTask;
        });
    });

    /// <summary>What every refusal looks like: see <see cref="Problems"/>.</summary>
    private static OpenApiSchema Problem()
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        var place = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" };
        var error = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "pointer", "expected", "found" },
            Properties = new Dictionary<string, IOpenApiSchema> { ["pointer"] = text, ["expected"] = text, ["found"] = text, ["line"] = place, ["column"] = place },
        };
        return new()
        {
            Type = JsonSchemaType.Object,
            Description = "A refusal (RFC 9457). Some codes bring members of their own.",
            Required = new HashSet<string> { "status", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["title"] = text,
                ["status"] = place,
                ["detail"] = text,
                ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The stable reason, for programs." },
                ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = error, Description = "With \"invalid\": each thing that is wrong." },
                ["trace_id"] = text,
            },
        };
    }

    /// <summary>A nested type is named with the verb that it belongs to: CreateKeyRequest.</summary>
    private static string? Name(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType)
            return type.Name[..type.Name.IndexOf('`')] + "Of" + string.Concat(type.GetGenericArguments().Select(Name));
        return type is { DeclaringType: { } outer, IsNested: true } && !type.IsGenericParameter ? outer.Name + type.Name : type.Name;
    }

    private static void Describe(OpenApiSchema schema, Type type, bool isNullable)
    {
        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IUuid<>))) Text(schema, "uuid");
        else if (type == typeof(LeaseToken)) Text(schema, null);
        else if (type == typeof(Cursor)) Text(schema, null);
        else if (type == typeof(DateTimeOffset)) schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        else if (type == typeof(PageSize)) (schema.Type, schema.Properties, schema.Minimum, schema.Maximum) = (JsonSchemaType.Integer, null, "1", PageSize.Max.ToString());
        else if (generic == typeof(Word<>)) Words(schema, type.GetGenericArguments()[0]);
    }

    private static void Text(OpenApiSchema schema, string? format) => (schema.Type, schema.Format, schema.Properties, schema.Required) = (JsonSchemaType.String, format, null, null);

    private static void Words(OpenApiSchema schema, Type values)
    {
        Text(schema, null);
        schema.Enum = [.. Enum.GetNames(values).Select(name => (System.Text.Json.Nodes.JsonNode)System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name))];
    }

    private static void Audience(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var role = metadata.OfType<Audience>().Select(a => (Store.Entities.Role?)a.LeastRole).Max();
        if (metadata.OfType<IdempotentMetadata>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter { Name = Idempotency.Header, In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 } });
        }

        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A problem.",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, context.Document) } },
        };
        if (role is not { } least) return;
        operation.Description = $"For {SnakeCaseNames.Of(least)}{(least == Store.Entities.Role.Owner ? "s" : "s and above")}.";
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(CookieScheme, context.Document)] = [] },
        ];
    }
}
