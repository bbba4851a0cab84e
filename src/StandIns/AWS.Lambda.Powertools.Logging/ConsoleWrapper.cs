namespace AWS.Lambda.Powertools.Common;

public class ConsoleWrapper : IConsoleWrapper
{
    static readonly Lazy<TextWriter> Output = new(() => new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });

    // In Lambda the runtime makes Console.Out a writer of log lines of its own: a line written to it would stand inside another.
    static bool IsInLambda => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME"));

    public void WriteLine(string message)
    {
        if (IsInLambda)
        {
            Console.SetOut(Output.Value);
        }

        Console.Out.WriteLine(message);
    }

    public void Debug(string message) => System.Diagnostics.Debug.WriteLine(message);

    public void Error(string message) => Console.Error.WriteLine(message);
}
