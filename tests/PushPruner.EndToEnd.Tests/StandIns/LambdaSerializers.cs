using System.Text;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace PushPruner.EndToEnd.Tests.StandIns;

public class LambdaSerializers
{
    [Fact]
    public void ReadAnEventWhateverTheCaseOfItsKeys()
    {
        var read = Read<CloudWatchEvent<Greeting>>(
            new DefaultSerializer(),
            """{"id":"1","detail-type":"ECR Image Action","time":"2026-01-02T03:04:05Z","resources":["a"],"detail":{"text":"hello"}}""");

        read.Id.ShouldBe("1");
        read.DetailType.ShouldBe("ECR Image Action");
        read.Time.ShouldBe(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        read.Resources.ShouldBe(["a"]);
        read.Detail.Text.ShouldBe("hello");
    }

    [Fact]
    public void IgnoreTheOptionsOfTheContextUnlessTold()
    {
        Written(new DefaultSerializer(), new Greeting("hello")).ShouldBe("""{"Text":"hello"}""");
        Written(new OwnOptionsSerializer(), new Greeting("hello")).ShouldBe("""{"text":"hello"}""");
    }

    [Fact]
    public void NameATypeThatTheContextLacks()
    {
        Should.Throw<JsonSerializerException>(() => Read<Version>(new DefaultSerializer(), "{}")).Message.ShouldContain("System.Version");
    }

    static T Read<T>(DefaultSerializer serializer, string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return serializer.Deserialize<T>(stream);
    }

    static string Written<T>(ILambdaSerializer serializer, T value)
    {
        using var stream = new MemoryStream();
        serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
