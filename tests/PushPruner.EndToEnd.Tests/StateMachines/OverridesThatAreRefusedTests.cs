namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>An input that nobody can have meant: nothing is listed, nothing is run.</summary>
public sealed class OverridesThatAreRefusedTests(JsonataServer jsonata) : IClassFixture<JsonataServer>
{
    [Theory]
    [InlineData(
        """{"dryrun":true}""", "dryrun is true: there is no such field, only dryRun, maxDeletes, asOf, policy, keepNewest and keepDays")]
    [InlineData(
        """{"comment":"try"}""",
        "comment is \"try\": there is no such field, only dryRun, maxDeletes, asOf, policy, keepNewest and keepDays")]
    [InlineData(
        """{"repository":"app"}""",
        "repository is \"app\": there is no such field, only dryRun, maxDeletes, asOf, policy, keepNewest and keepDays")]
    [InlineData("""{"dryRun":"true"}""", "dryRun is \"true\": true or false")]
    [InlineData("""{"dryRun":null}""", "dryRun is null: true or false")]
    [InlineData("""{"dryRun":1}""", "dryRun is 1: true or false")]
    [InlineData("""{"maxDeletes":0}""", "maxDeletes is 0: a whole number from 1 to 100000")]
    [InlineData("""{"maxDeletes":100001}""", "maxDeletes is 100001: a whole number from 1 to 100000")]
    [InlineData("""{"maxDeletes":1.5}""", "maxDeletes is 1.5: a whole number from 1 to 100000")]
    [InlineData("""{"asOf":"2026-06-01"}""", "asOf is \"2026-06-01\": an instant such as 2026-11-30T10:00:00Z, and not in the future")]
    [InlineData(
        """{"asOf":"2026-06-01T12:00:00"}""",
        "asOf is \"2026-06-01T12:00:00\": an instant such as 2026-11-30T10:00:00Z, and not in the future")]
    [InlineData(
        """{"asOf":"9999-06-01T12:00:00Z"}""",
        "asOf is \"9999-06-01T12:00:00Z\": an instant such as 2026-11-30T10:00:00Z, and not in the future")]
    [InlineData("""{"asOf":1780315200}""", "asOf is 1780315200: an instant such as 2026-11-30T10:00:00Z, and not in the future")]
    [InlineData("""{"policy":"3F9A1C"}""", "policy is \"3F9A1C\": the policy that a halted run printed, such as 3f9a1c")]
    [InlineData("""{"policy":391234}""", "policy is 391234: the policy that a halted run printed, such as 3f9a1c")]
    [InlineData("""{"keepNewest":"5"}""", "keepNewest is \"5\": a whole number from 1 to 1000")]
    [InlineData("""{"keepNewest":1001}""", "keepNewest is 1001: a whole number from 1 to 1000")]
    [InlineData("""{"keepDays":-1}""", "keepDays is -1: a number of days from 0 to 36500")]
    [InlineData("""{"keepDays":36500.5}""", "keepDays is 36500.5: a number of days from 0 to 36500")]
    [InlineData("""{"keepDays":0.0000001}""", "keepDays is 1e-7: a number of days from 0 to 36500")]
    [InlineData("""{"keepDays":[7]}""", "keepDays is [7]: a number of days from 0 to 36500")]
    [InlineData(
        """{"dryRun":"no","keepDays":"7"}""", "dryRun is \"no\": true or false; keepDays is \"7\": a number of days from 0 to 36500")]
    [InlineData("[]", "The input is []: an object such as {\"dryRun\":true}, or {}")]
    [InlineData("""[{"dryRun":true}]""", "The input is [{\"dryRun\":true}]: an object such as {\"dryRun\":true}, or {}")]
    [InlineData("\"app\"", "The input is \"app\": an object such as {\"dryRun\":true}, or {}")]
    [InlineData("null", "The input is null: an object such as {\"dryRun\":true}, or {}")]
    public async Task It_fails_at_once_and_says_which_field_and_what_is_allowed(string input, string cause)
    {
        var functions = new FakeFunctions { Repositories = ["app"] };

        var run = await new StateMachineHost(jsonata.Evaluator, functions).ReconcileAsync(input);

        run.Error!.Name.ShouldBe("Refused");
        run.Error.Cause.ShouldBe(cause);
        functions.Lists.ShouldBe(0);
        functions.Orders.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"dryRun":false}""")]
    [InlineData("""{"maxDeletes":1,"keepNewest":1,"keepDays":0}""")]
    [InlineData("""{"keepDays":0.000001}""")]
    [InlineData("""{"maxDeletes":100000,"keepNewest":1000,"keepDays":36500}""")]
    [InlineData("""{"keepDays":0.25}""")]
    [InlineData("""{"asOf":"2020-01-01T00:00:00Z","policy":"3f9a1c"}""")]
    [InlineData("""{"asOf":"2020-01-01T01:00:00.1234567+01:00"}""")]
    public async Task What_is_in_range_is_taken(string input)
    {
        var run = await new StateMachineHost(jsonata.Evaluator, new FakeFunctions { Repositories = ["app"] }).ReconcileAsync(input);

        run.Error.ShouldBeNull();
    }

    [Fact]
    public async Task However_much_is_wrong_the_cause_is_short()
    {
        var fields = string.Join(',', Enumerable.Range(0, 2_000).Select(n => $"\"{new string('f', 90)}{n}\":\"{new string('v', 10)}\""));

        var run = await new StateMachineHost(jsonata.Evaluator, new FakeFunctions()).ReconcileAsync($"{{{fields}}}");

        run.Error!.Name.ShouldBe("Refused");
        run.Error.Cause.Length.ShouldBe(2_000);
    }
}
