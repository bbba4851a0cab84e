using System.Text;

namespace PushPruner.Cli.Tests.Local;

/// <summary>What a command says while it runs, and a way to wait until it has said something.</summary>
sealed class AwaitedWriter : TextWriter
{
    readonly Lock gate = new();
    readonly StringBuilder result = new();
    TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        lock (gate)
        {
            result.Append(value);
            more.TrySetResult();
            more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public override string ToString()
    {
        lock (gate)
            return result.ToString();
    }

    public async Task<string> HearAsync(Func<string, bool> isEnough)
    {
        while (true)
        {
            Task next;
            string text;
            lock (gate)
                (next, text) = (more.Task, result.ToString());
            if (isEnough(text))
                return text;
            await next.WaitAsync(TestContext.Current.CancellationToken);
        }
    }
}
