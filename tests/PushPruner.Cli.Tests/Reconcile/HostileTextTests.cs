using System.Globalization;
using PushPruner.LocalAws;
using PushPruner.Testing.Wire;

namespace PushPruner.Cli.Tests.Reconcile;

/// <summary>
/// Who may push may name things: nothing of it may reach the terminal as a command, or be taken for the program's own styles.
/// </summary>
public sealed class HostileTextTests : IAsyncLifetime
{
    const string Hostile = "[red]\e[2J\e]0;owned\a\r\u009b31m\u202egnp[/]";
    const string Harmless = "[red]\ufffd[2J\ufffd]0;owned\ufffd \ufffd31m\ufffdgnp[/]";

    readonly CliScenario cli = new();

    public ValueTask InitializeAsync() => cli.InitializeAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task In_tags()
    {
        cli.Has("team/app", 10);
        cli.Ecr.Seed("team/app", ManifestFactory.Image("evil", 1_000).At(CliScenario.Noon.AddDays(-90), Hostile));

        var result = await cli.ReconcileAsync("--dry-run", "--details");

        result.Output.ShouldContain($"  - {Harmless}  sha256:");
        ShouldBeHarmless(result);
    }

    [Fact]
    public async Task In_the_names_of_repositories_and_in_errors()
    {
        cli.Has("team/app", 12);
        await using var proxy = await RecordingProxy.StartAsync(
            cli.Url,
            answer => answer.Replace(
                "\"repositoryName\":\"team/app\"",
                $"\"repositoryName\":{System.Text.Json.JsonSerializer.Serialize(Hostile)}",
                StringComparison.Ordinal));

        var result = await cli.ReconcileAtAsync(proxy.Url, "--yes");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain($"│ {Harmless} ");
        result.Error.ShouldContain($"{Harmless}: InvalidParameterException");
        ShouldBeHarmless(result);
    }

    [Fact]
    public async Task In_the_reasons_that_ecr_gives()
    {
        cli.Has("team/app", 11);
        cli.Ecr.Faults.Next("BatchDeleteImage", Fault.Refusal("AccessDeniedException", Hostile));

        var result = await cli.ReconcileAsync("--yes");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain($"team/app: AccessDeniedException: {Harmless}; the permissions it takes");
        ShouldBeHarmless(result);
    }

    [Fact]
    public async Task In_an_argument()
    {
        var result = await cli.ReconcileAsync("team/\e[2Jx");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("REPOSITORY is \"team/\ufffd[2Jx\"");
    }

    [Fact]
    public async Task In_a_document_it_is_escaped()
    {
        cli.Has("team/app", 10);
        cli.Ecr.Seed("team/app", ManifestFactory.Image("evil", 1_000).At(CliScenario.Noon.AddDays(-90), Hostile));

        var result = await cli.ReconcileAsync("--dry-run", "--json");

        result.Result("team/app")["expired"]![0]!["tags"]![0]!.GetValue<string>().ShouldBe(Hostile);
        ShouldBeHarmless(result);
    }

    static void ShouldBeHarmless(CliResult result) => (result.Output + result.Error)
        .Where(c => c != '\n' && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format)
        .ShouldBeEmpty();
}
