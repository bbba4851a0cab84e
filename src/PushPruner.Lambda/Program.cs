using System.Runtime.InteropServices;
using System.Text.Json;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.DependencyInjection;
using PushPruner.Jobs;
using PushPruner.Lambda;
using PushPruner.Lambda.Events;
using PushPruner.Policies;

// One executable that holds every function; ANNOTATIONS_HANDLER names one of them. The generator of Amazon.Lambda.Annotations could write
// this from the attributes on Functions and Startup, but its Main does not report a bad setting to Lambda, exits with 0 for an unknown
// handler, and dies of SIGTERM.
var serializer = new FunctionSerializer();
var handler = Environment.GetEnvironmentVariable("ANNOTATIONS_HANDLER");
ServiceProvider? services = null;

var builder = handler switch
{
    nameof(Functions.OnImagePushed) => LambdaBootstrapBuilder.Create<CloudWatchEvent<ImageAction>, PruneResult>(
        (evt, context) => Resolve().OnImagePushed(evt, context), serializer),
    nameof(Functions.ListRepositories) => LambdaBootstrapBuilder.Create<JsonElement, RepositoryList>(
        (request, context) => Resolve().ListRepositories(request, context), serializer),
    nameof(Functions.ReconcileRepository) => LambdaBootstrapBuilder.Create<JsonElement, ReconcileResult>(
        (request, context) => Resolve().ReconcileRepository(request, context), serializer),
    _ => LambdaBootstrapBuilder.Create(static (Stream input, Amazon.Lambda.Core.ILambdaContext _) => Task.FromResult(input)),
};

// If an extension is registered, Lambda sends SIGTERM before it shuts down. The loop then ends after the current invocation.
using var shutdown = new CancellationTokenSource();
using var onSigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    shutdown.Cancel();
});

using var bootstrap = builder.UseBootstrapHandler(Initialize).Build();
await bootstrap.RunAsync(shutdown.Token);
if (services is not null)
    await services.DisposeAsync();

// Runs in the loop, so that Lambda gets a configuration error as the error of the initialization.
Task<bool> Initialize()
{
    if (handler is not (nameof(Functions.OnImagePushed) or nameof(Functions.ListRepositories) or nameof(Functions.ReconcileRepository)))
    {
        throw new SettingException(
            "ANNOTATIONS_HANDLER",
            handler,
            $"the name of a function: {nameof(Functions.OnImagePushed)}, {nameof(Functions.ListRepositories)} or "
                + $"{nameof(Functions.ReconcileRepository)}");
    }

    var collection = new ServiceCollection();
    new Startup().ConfigureServices(collection);
    services = collection.BuildServiceProvider();
    Resolve();
    return Task.FromResult(true);
}

Functions Resolve() => services!.GetRequiredService<Functions>();
