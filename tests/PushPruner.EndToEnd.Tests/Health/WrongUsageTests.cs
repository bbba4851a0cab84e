namespace PushPruner.EndToEnd.Tests.Health;

public sealed class WrongUsageTests
{
    [Theory]
    [InlineData("Which stack? --stack is missing.")]
    [InlineData("There is no option --stak.", "--stak", "pushpruner-dev")]
    [InlineData("--stack needs a value.", "--stack")]
    public async Task It_is_said_what_is_wrong_and_how_to_ask(string message, params string[] arguments)
    {
        var health = await HealthScript.RunAsync(arguments);

        health.ExitCode.ShouldBe(2);
        health.Output.ShouldBeEmpty();
        health.Error.ShouldStartWith(message);
        health.Error.ShouldContain("Usage: scripts/health --stack NAME");
    }

    [Fact]
    public async Task Help_is_no_wrong_usage()
    {
        var health = await HealthScript.RunAsync("--help");

        health.ExitCode.ShouldBe(0);
        health.Output.ShouldStartWith("Usage: scripts/health --stack NAME");
    }
}
