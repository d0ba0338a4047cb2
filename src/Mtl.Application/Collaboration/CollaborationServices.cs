using Microsoft.Extensions.DependencyInjection;
using Mtl.Application.Collaboration.Archives;
using Mtl.Application.Collaboration.Comments;
using Mtl.Application.Collaboration.Favourites;
using Mtl.Application.Collaboration.Filing;
using Mtl.Application.Collaboration.Groups;
using Mtl.Application.Collaboration.Notes;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Collaboration.Tags;
using Mtl.Application.Collaboration.Views;
using Mtl.Application.Collaboration.Webhooks;

namespace Mtl.Application.Collaboration;

/// <summary>Registers what people do together: notes, comments, tags, views, groups, archives, webhooks.</summary>
internal static class CollaborationServices
{
    public static IServiceCollection AddCollaboration(this IServiceCollection services, WebhookOptions webhooks)
    {
        services.AddDataProtection();
        return services
            .AddScoped<Records>()
            .AddScoped<INotes, NoteService>()
            .AddScoped<ITagging, TagService>()
            .AddScoped<IFavourites, FavouriteService>()
            .AddScoped<IComments, CommentService>()
            .AddScoped<IViews, ViewService>()
            .AddScoped<IRunFiling, RunFilingService>()
            .AddScoped<IRunTable, RunTableService>()
            .AddScoped<IRunGroups, RunGroupService>()
            .AddSingleton(new ArchiveLimits())
            .AddScoped<RunImport>()
            .AddScoped<IRunArchives, RunArchiveService>()
            .AddSingleton(webhooks)
            .AddSingleton<WebhookSecrets>()
            .AddSingleton<WebhookPayloads>()
            .AddSingleton<WebhookSender>()
            .AddScoped<IWebhooks, WebhookService>()
            .AddHostedService<WebhookDispatcher>();
    }
}
