using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mtl.Application.Access;

namespace Mtl.Application.People;

/// <summary>Registers who may do what: one caller per request or dashboard circuit. <see cref="PeopleOptions"/> may be registered before.</summary>
internal static class PeopleServices
{
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.TryAddSingleton(new PeopleOptions());
        return services
            .AddSingleton<Passwords>()
            .AddSingleton<SignInThrottle>()
            .AddSingleton<PasswordSignIn>()
            .AddSingleton<RequestLimits>()
            .AddScoped<AllowedStream>()
            .AddSingleton<IAuthentication, Authentication>()
            .AddScoped<CallerContext>()
            .AddScoped<IAccess, Access.Access>()
            .AddScoped<IOwnership, Ownership>()
            .AddScoped<IAuditTrail, AuditTrail>()
            .AddScoped<IAccounts, AccountService>()
            .AddScoped<IPeople, PeopleService>()
            .AddScoped<IPermissions, PermissionService>()
            .AddScoped<IAudit, AuditService>();
    }
}
