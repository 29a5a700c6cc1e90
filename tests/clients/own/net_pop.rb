# Does one job with Ruby's net-pop, as ../programs/libraries.py tells it on standard input.
require "json"
require "net/pop"

job = JSON.parse($stdin.read)
begin
  pop = Net::POP3.APOP(job["mechanism"] == "APOP").new(job["host"], job["port"])
  pop.enable_ssl({ ca_file: job["authority"] }, nil, job["port"]) if job["road"] == "TLS"
  pop.open_timeout = pop.read_timeout = 20
  pop.start(job["user"], job["password"]) do
    pop.each_mail do |mail|
      puts "#{mail.number} #{mail.length}"
      File.binwrite(File.join(job["inbox"], mail.number.to_s), mail.pop) if job["fetch"]
      mail.delete if job["remove"]
    end
  end
rescue Net::ProtocolError, OpenSSL::SSL::SSLError, SystemCallError, IOError => problem
  abort problem.message
end
