using System.Reflection;
using Microsoft.Extensions.Logging;
using PushPruner.Lambda;
using PushPruner.Policies;

namespace PushPruner.EndToEnd.Tests.Logs;

/// <summary>
/// In native code Powertools knows only a few types. A line with any other argument can't be written: the call throws, and of a delete that means after
/// ECR has deleted the image.
/// </summary>
public sealed class TheTypesOfArgumentsTests
{
    static readonly IReadOnlyList<Type> Writable = [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double)];

    static IReadOnlyList<MethodInfo> Messages => [.. new[] { typeof(Settings).Assembly, typeof(Functions).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null)];

    [Fact]
    public void Every_message_is_looked_at() => Messages.Count.ShouldBeGreaterThanOrEqualTo(15);

    [Fact]
    public void Every_argument_of_every_message_can_be_written() =>
        Messages.SelectMany(method => method.GetParameters().Where(p => !IsWritable(p)).Select(p => $"{method.Name}: {p.ParameterType.Name} {p.Name}"))
            .ShouldBeEmpty($"an argument of a log message is one of {string.Join(", ", Writable.Select(type => type.Name))}; pass other things as text (LoggedText)");

    // The logger itself, the level and the exception are no fields of the message.
    static bool IsWritable(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return Writable.Contains(type) || type == typeof(LogLevel) || typeof(ILogger).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type);
    }
}
