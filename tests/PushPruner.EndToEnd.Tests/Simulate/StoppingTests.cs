using PushPruner.EndToEnd.Tests.Given;
using PushPruner.EndToEnd.Tests.Reconcile;

namespace PushPruner.EndToEnd.Tests.Simulate;

public sealed class StoppingTests : IAsyncLifetime
{
    readonly CliScenario desk = new();
    readonly TemporaryFolder folder = new();

    public async ValueTask InitializeAsync()
    {
        await desk.InitializeAsync();
        desk.Has("team/app", 20);
        desk.HasMultiArch("team/web", 3);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return desk.DisposeAsync();
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    [InlineData("--html")]
    public async Task At_any_call_it_ends_with_130_and_nothing_is_told(params string[] args)
    {
        var page = folder.In("page.html");
        string[] asked = ["simulate", "--endpoint-url", desk.Url.ToString(), .. args, .. args is ["--html"] ? [page] : Array.Empty<string>()];
        await desk.RunAsync(asked);
        var calls = desk.Ecr.Calls.Count();
        calls.ShouldBeGreaterThan(4);
        File.Delete(page);

        for (var call = 1; call <= calls; call++)
        {
            desk.GoOn();
            desk.Ecr.Calls.Clear();
            var left = call;
            desk.InterruptAt(_ => --left == 0);

            var said = await desk.RunAsync(asked);

            said.ExitCode.ShouldBe(130, $"interrupted at call {call}");
            said.Error.ShouldEndWith("Stopped. Nothing was changed.\n");
            said.Output.ShouldBeEmpty();
            File.Exists(page).ShouldBeFalse();
            desk.Changes.ShouldBeEmpty();
        }
    }
}
