using System.Text.Json.Nodes;
using PushPruner.Adapters;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Testing.Functions;

/// <summary>The functions before a repository in which the policy keeps two images, and what they log.</summary>
sealed class LogScenario : IAsyncDisposable
{
    public const string App = "team/app";

    static readonly Settings KeepTwo = new()
    {
        Policy = new RetentionPolicy { KeepNewest = 2, ProtectTags = WildcardSet.Of("prod", "release-*") },
    };

    readonly Deployment deployment;

    LogScenario(Deployment deployment) => this.deployment = deployment;

    public LocalRegistry Ecr => deployment.Ecr;

    public LoggedLines Log => deployment.Log;

    public InMemoryIndex Index => deployment.Index;

    public static async Task<LogScenario> OpenAsync(Settings? settings = null, Func<IRegistry, IRegistry>? between = null)
    {
        var scenario = new LogScenario(await Deployment.StartAsync(settings: settings ?? KeepTwo, between: between));
        scenario.Ecr.CreateRepository(App);
        return scenario;
    }

    /// <summary>Images that are all older than X, the first the oldest.</summary>
    public void HasOld(params IReadOnlyList<string> tags)
    {
        foreach (var (at, tag) in tags.Index())
            Ecr.Seed(App, ManifestFactory.Image($"old/{at}", 1_000).At(Deployment.Noon.AddDays(-60).AddHours(at), tag));
    }

    /// <summary>A push, and its event handled.</summary>
    /// <param name="change">What the event says otherwise than ECR's would.</param>
    public Task<Jobs.PruneResult> PushAsync(string tag, Action<JsonNode>? change = null)
    {
        var evt = JsonNode.Parse(Ecr.PutImage(ManifestFactory.Image($"new/{tag}", 1_000).Put(App, tag)).Event!.Json)!;
        evt["id"] = $"event-of-{tag}";
        change?.Invoke(evt);
        return deployment.InvokeAsync(evt.ToJsonString());
    }

    public Task<Jobs.ReconcileResult> ReconcileAsync(string json) => deployment.ReconcileAsync(json);

    public ValueTask DisposeAsync() => deployment.DisposeAsync();
}
