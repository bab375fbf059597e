using System.Threading.RateLimiting;
using Touchstone.Server.Host;
using Touchstone.Server.People.Compartments;
using Touchstone.Server.People.Contributors;
using Touchstone.Server.People.Keys;
using Touchstone.Server.People.Sessions;

namespace Touchstone.Server.People;

/// <summary>Who may come in, and as what.</summary>
internal static class PeopleFeature
{
    public const string SignInLimit = "sign_in";

    public static void AddPeople(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<Passwords>();
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = async (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                await Problems.TooManyRequests("Too many sign-in attempts from this address. Wait a minute.").ExecuteAsync(context.HttpContext);
            };
            limits.AddPolicy(SignInLimit, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = options.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("").WithTags("People");
        SignIn.Map(people);
        LookAtLink.Map(people);
        AcceptLink.Map(people);
        SignOut.Map(people);
        GetMe.Map(people);
        ChangePassword.Map(people);
        ListContributors.Map(people);
        ChangeRole.Map(people);
        Suspend.Map(people);
        Invite.Map(people);
        CreateSimulated.Map(people);
        ListKeys.Map(people);
        CreateKey.Map(people);
        RevokeKey.Map(people);
        ListCompartments.Map(people);
        CreateCompartment.Map(people);
        Clear.Map(people);
    }
}
