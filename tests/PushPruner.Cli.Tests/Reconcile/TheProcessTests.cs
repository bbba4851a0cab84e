using System.Diagnostics;
using System.Globalization;

namespace PushPruner.Cli.Tests.Reconcile;

/// <summary>The program itself, with the SDK's own credentials and a process's own signals.</summary>
public sealed class TheProcessTests : IAsyncLifetime
{
    // Far more than it takes: a bound for a test that would hang, not an expectation.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly CliScenario cli = new();

    public async ValueTask InitializeAsync()
    {
        await cli.InitializeAsync();
        cli.Has("team/app", 260, days: 3_000);
    }

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task It_deletes_with_credentials_of_its_environment()
    {
        using var process = Start();

        await process.WaitForExitAsync(Bound());

        process.ExitCode.ShouldBe(0);
        cli.Ecr.Images("team/app").Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_first_signal_ends_it_cleanly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals to send");
        Process? process = null;
        SignalAt(1, () => process!);

        using (process = Start())
        {
            var output = process.StandardOutput.ReadToEndAsync(Bound());
            await process.WaitForExitAsync(Bound());

            process.ExitCode.ShouldBe(130);
            (await output).ShouldContain("Stopped. Deleted 100 manifests");
        }

        cli.Ecr.Images("team/app").Count.ShouldBe(160);
    }

    [Fact]
    public async Task A_second_one_ends_it_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals to send");
        Process? process = null;
        SignalAt(2, () => process!);

        using (process = Start())
        {
            await process.WaitForExitAsync(Bound());

            process.ExitCode.ShouldBe(128 + 15);
        }
    }

    [Theory]
    [InlineData("", 0, 10)]
    [InlineData(">/dev/null", 2, 260)]
    [InlineData("2>/dev/null", 2, 260)]
    public async Task It_asks_only_where_plan_and_question_are_seen(string elsewhere, int exitCode, int left)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "there is no terminal to be had");
        var command =
            $"dotnet '{Path.Combine(AppContext.BaseDirectory, "PushPruner.Cli.dll")}' reconcile --endpoint-url {cli.Url} {elsewhere}";
        using var process = Start("/usr/bin/script", ["--quiet", "--return", "--command", command, "/dev/null"], asksForInput: true);
        var output = process.StandardOutput.ReadToEndAsync(Bound());
        await process.StandardInput.WriteAsync("y\n");
        await process.StandardInput.FlushAsync(Bound());

        await process.WaitForExitAsync(Bound());

        process.ExitCode.ShouldBe(exitCode, await output);
        cli.Ecr.Images("team/app").Count.ShouldBe(left);
    }

    // While the first delete waits for its answer. What it says of the first is waited for, or both signals would be one.
    void SignalAt(int signals, Func<Process> process)
    {
        var deletes = 0;
        cli.Ecr.Faults.OnCall(call =>
        {
            if (call.Operation != "BatchDeleteImage" || ++deletes > 1)
                return null;

            for (var n = 0; n < signals; n++)
            {
                Terminate(process());
                while (process().StandardError.ReadLine() is { } line && !line.StartsWith("Stopping", StringComparison.Ordinal))
                {
                }
            }

            return null;
        });
    }

    static void Terminate(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    static CancellationToken Bound()
    {
        var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Patience);
        return bound.Token;
    }

    Process Start() => Start(
        "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "PushPruner.Cli.dll"), "reconcile", "--yes", "--endpoint-url", cli.Url.ToString()]);

    static Process Start(string program, string[] arguments, bool asksForInput = false)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = asksForInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["AWS_ACCESS_KEY_ID"] = "test";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        return Process.Start(start)!;
    }
}
