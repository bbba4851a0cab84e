using System.Globalization;
using PushPruner.EndToEnd.Tests.Given;
using PushPruner.LocalAws;

namespace PushPruner.EndToEnd.Tests.Reconcile;

/// <summary>Who may push may name things: nothing of it may reach the terminal as a command, or be taken for the program's own styles.</summary>
public sealed class HostileTextTests : IAsyncLifetime
{
    const string Hostile = "[red]\e[2J\e]0;owned\a\r\u009b31m\u202egnp[/]";
    const string Harmless = "[red]\ufffd[2J\ufffd]0;owned\ufffd \ufffd31m\ufffdgnp[/]";

    readonly CliScenario desk = new();

    public ValueTask InitializeAsync() => desk.InitializeAsync();

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Fact]
    public async Task In_tags()
    {
        desk.Has("team/app", 10);
        desk.Ecr.Seed("team/app", ManifestFactory.Image("evil", 1_000).At(CliScenario.Noon.AddDays(-90), Hostile));

        var said = await desk.ReconcileAsync("--dry-run", "--details");

        said.Output.ShouldContain($"  - {Harmless}  sha256:");
        ShouldBeHarmless(said);
    }

    [Fact]
    public async Task In_the_names_of_repositories_and_in_errors()
    {
        desk.Has("team/app", 12);
        await using var proxy = await RecordingProxy.StartAsync(
            desk.Url, answer => answer.Replace("\"repositoryName\":\"team/app\"", $"\"repositoryName\":{System.Text.Json.JsonSerializer.Serialize(Hostile)}", StringComparison.Ordinal));

        var said = await desk.ReconcileAtAsync(proxy.Url, "--yes");

        said.ExitCode.ShouldBe(1);
        said.Output.ShouldContain($"│ {Harmless} ");
        said.Error.ShouldContain($"{Harmless}: InvalidParameterException");
        ShouldBeHarmless(said);
    }

    [Fact]
    public async Task In_the_reasons_that_ecr_gives()
    {
        desk.Has("team/app", 11);
        desk.Ecr.Faults.Next("BatchDeleteImage", Fault.Refusal("AccessDeniedException", Hostile));

        var said = await desk.ReconcileAsync("--yes");

        said.ExitCode.ShouldBe(1);
        said.Error.ShouldContain($"team/app: AccessDeniedException: {Harmless}; the permissions it takes");
        ShouldBeHarmless(said);
    }

    [Fact]
    public async Task In_an_argument()
    {
        var said = await desk.ReconcileAsync("team/\e[2Jx");

        said.ExitCode.ShouldBe(2);
        said.Error.ShouldContain("REPOSITORY is \"team/\ufffd[2Jx\"");
    }

    [Fact]
    public async Task In_a_document_it_is_escaped()
    {
        desk.Has("team/app", 10);
        desk.Ecr.Seed("team/app", ManifestFactory.Image("evil", 1_000).At(CliScenario.Noon.AddDays(-90), Hostile));

        var said = await desk.ReconcileAsync("--dry-run", "--json");

        said.Result("team/app")["expired"]![0]!["tags"]![0]!.GetValue<string>().ShouldBe(Hostile);
        ShouldBeHarmless(said);
    }

    static void ShouldBeHarmless(CliResult said) => (said.Output + said.Error)
        .Where(c => c != '\n' && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format)
        .ShouldBeEmpty();
}
