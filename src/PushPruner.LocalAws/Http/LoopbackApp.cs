using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PushPruner.LocalAws;

/// <summary>A web application on loopback that says nothing.</summary>
static class LoopbackApp
{
    internal const long MaxBody = 16 * 1024 * 1024;

    /// <summary>Listens on a port, or on a free one where it is 0.</summary>
    internal static async Task<(WebApplication App, Uri Url)> StartAsync(
        int port,
        Action<IEndpointRouteBuilder> map,
        CancellationToken cancellationToken)
    {
        // Neither arguments nor settings files nor the environment of the machine: what is served is what the caller says.
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.AddServerHeader = false;
        });
        var app = builder.Build();
        map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return (app, new(addresses!.Addresses.Single()));
    }
}
