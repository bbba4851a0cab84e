using PushPruner.Cli.Output;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Output;

public sealed class ProgressTests : IDisposable
{
    readonly SettableClock clock = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    readonly StringWriter written = new();

    string[] Lines => written.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => written.Dispose();

    [Fact]
    public void Off_a_terminal_there_is_at_most_a_line_every_ten_seconds()
    {
        var progress = Begun();
        for (var second = 0; second < 35; second++)
        {
            progress.Begin($"team/app-{second}", second + 1, 35);
            progress.Listed(1_000);
            progress.End("1,000 manifests");
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Lines.ShouldBe([
            "[11/35] team/app-10: 1,000 manifests listed",
            "[21/35] team/app-20: 1,000 manifests listed",
            "[31/35] team/app-30: 1,000 manifests listed",
        ]);
    }

    [Fact]
    public void A_large_repository_is_heard_of_while_it_is_listed()
    {
        var progress = Begun();
        progress.Begin("team/app", 1, 1);
        progress.Listed(1_000);
        clock.Advance(TimeSpan.FromSeconds(12));
        progress.Listed(24_000);

        Lines.ShouldBe(["[1/1] team/app: 24,000 manifests listed, 2,000/s"]);
    }

    [Fact]
    public void What_is_over_at_once_says_nothing()
    {
        var progress = Begun();
        progress.Begin("team/app", 1, 1);
        progress.End("14 manifests");

        Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Asked_to_be_quiet_it_is_and_what_goes_wrong_is_said_all_the_same()
    {
        var progress = Begun(isQuiet: true);
        progress.Begin("team/app", 1, 1);
        clock.Advance(TimeSpan.FromMinutes(1));
        progress.Listed(1_000);
        progress.Say("team/app: AccessDeniedException");

        Lines.ShouldBe(["team/app: AccessDeniedException"]);
    }

    Progress Begun(bool isQuiet = false) => new(new CliEnvironment(TextWriter.Null, written) { Clock = clock, IsQuiet = isQuiet });
}
