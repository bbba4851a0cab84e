using PushPruner.Testing;
using PushPruner.Testing.Programs;

namespace PushPruner.EndToEnd.Tests.Supply;

/// <summary>scripts/audit, with whatever package sources there are.</summary>
public sealed class TheAuditTests
{
    [Fact]
    public async Task It_says_that_nothing_is_known_only_where_a_source_could_have_told()
    {
        var result = await Command.RunAsync(Path.Combine(Checkout.Root, "scripts", "audit"), []);
        Assert.SkipWhen(result is null, "scripts/audit can't be started: it needs bash");
        Assert.SkipWhen(result.ExitCode == 2, $"the packages can't be had from this machine's sources: {result.Error}");

        result.Output.ShouldMatch(
            result.ExitCode == 1
                ? "^NU190[1-4]: "
                : @"^(No package of the lock files is known to be vulnerable\.|"
                    + @"Nothing is known about these packages, for a source has no vulnerability data\.[^\n]*\nNU190[05]: )");
    }
}
