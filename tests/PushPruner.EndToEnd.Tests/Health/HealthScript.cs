using PushPruner.Testing.Programs;

namespace PushPruner.EndToEnd.Tests.Health;

/// <summary>scripts/health as a user runs it.</summary>
static class HealthScript
{
    static readonly string Script = Path.Combine(AppContext.BaseDirectory, "deployed", "health");

    public static async Task<Command> RunAsync(params string[] arguments)
    {
        var ran = await Command.RunAsync(
            "bash",
            [Script, .. arguments],
            ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "example"),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_MAX_ATTEMPTS", "1"),
            ("NO_PROXY", "127.0.0.1"));
        Assert.SkipWhen(ran is null, "bash is not on the PATH");
        return ran;
    }
}
