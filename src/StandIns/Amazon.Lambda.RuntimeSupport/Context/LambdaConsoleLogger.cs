using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

sealed class LambdaConsoleLogger : ILambdaLogger
{
    public void Log(string message) => Console.Write(message);

    public void LogLine(string message) => Console.WriteLine(message);
}
