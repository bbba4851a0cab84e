using PushPruner.Cli.Tests.Reconcile;
using PushPruner.Testing;

namespace PushPruner.Cli.Tests.Simulate;

public sealed class StoppingTests : IAsyncLifetime
{
    readonly CliScenario cli = new();
    readonly TemporaryFolder folder = new();

    public async ValueTask InitializeAsync()
    {
        await cli.InitializeAsync();
        cli.Has("team/app", 20);
        cli.HasMultiArch("team/web", 3);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return cli.DisposeAsync();
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    [InlineData("--html")]
    public async Task At_any_call_it_ends_with_130_and_nothing_is_told(params string[] args)
    {
        var page = folder.In("page.html");
        string[] asked =
        [
            "simulate",
            "--endpoint-url",
            cli.Url.ToString(),
            .. args,
            .. args is ["--html"] ? [page] : Array.Empty<string>(),
        ];
        await cli.RunAsync(asked);
        var calls = cli.Ecr.Calls.Count();
        calls.ShouldBeGreaterThan(4);
        File.Delete(page);

        for (var call = 1; call <= calls; call++)
        {
            cli.GoOn();
            cli.Ecr.Calls.Clear();
            var left = call;
            cli.InterruptAt(_ => --left == 0);

            var result = await cli.RunAsync(asked);

            result.ExitCode.ShouldBe(130, $"interrupted at call {call}");
            result.Error.ShouldEndWith("Stopped. Nothing was changed.\n");
            result.Output.ShouldBeEmpty();
            File.Exists(page).ShouldBeFalse();
            cli.Changes.ShouldBeEmpty();
        }
    }
}
