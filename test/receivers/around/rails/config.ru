# The smallest application around the controller and its routes.
require "action_controller/railtie"
require_relative "fin"

class Application < Rails::Application
  config.consider_all_requests_local = false
  config.eager_load = true
  config.hosts.clear
  config.logger = ActiveSupport::Logger.new($stdout)
  config.secret_key_base = "of this application only"
end

Rails.application.initialize!
run Rails.application
