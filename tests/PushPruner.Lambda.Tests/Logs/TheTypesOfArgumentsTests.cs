using System.Reflection;
using Microsoft.Extensions.Logging;
using PushPruner.Policies;

namespace PushPruner.Lambda.Tests.Logs;

/// <summary>
/// In native code Powertools knows only a few types. A line with any other argument can't be written: the call throws, in the case of a
/// delete after ECR has deleted the image.
/// </summary>
public sealed class TheTypesOfArgumentsTests
{
    static readonly IReadOnlyList<Type> Writable = [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double)];

    const BindingFlags Any =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    static IReadOnlyList<MethodInfo> Messages => [.. new[] { typeof(Settings).Assembly, typeof(Functions).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .SelectMany(type => type.GetMethods(Any))
        .Where(method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null)];

    [Fact]
    public void Every_message_is_looked_at() => Messages.Count.ShouldBeGreaterThanOrEqualTo(15);

    [Fact]
    public void Every_argument_of_every_message_can_be_written() =>
        Messages
            .SelectMany(method => method.GetParameters(), (method, parameter) => (method, parameter))
            .Where(argument => !IsWritable(argument.parameter))
            .Select(argument => $"{argument.method.Name}: {argument.parameter.ParameterType.Name} {argument.parameter.Name}")
            .ShouldBeEmpty("pass it as text (SafeText), or as " + string.Join(", ", Writable.Select(type => type.Name)));

    // The logger itself, the level and the exception are no fields of the message.
    static bool IsWritable(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return Writable.Contains(type)
            || type == typeof(LogLevel)
            || typeof(ILogger).IsAssignableFrom(type)
            || typeof(Exception).IsAssignableFrom(type);
    }
}
